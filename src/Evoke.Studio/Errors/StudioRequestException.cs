using Evoke.Files;

namespace Evoke.Studio.Errors;

/// <summary>A request that Studio cannot fulfil; the message tells the user why.</summary>
internal sealed class StudioRequestException : EvokeException
{
    /// <summary>Creates an error with its HTTP status.</summary>
    /// <param name="status">An HTTP status from 400 to 499, or 507 for a full quota.</param>
    /// <param name="message">What was expected and what was found.</param>
    public StudioRequestException(int status, string message)
        : base(message)
        => Status = status;

    /// <summary>The HTTP status of the response.</summary>
    public int Status { get; }

    /// <summary>Id of the video of the library that the request's file is the same as; null in other errors.</summary>
    public string? SameAs { get; init; }
}
