using Evoke.Files;

namespace Evoke.Studio.Errors;

/// <summary>A request that Studio cannot do as asked; the message says why, for the person who asked.</summary>
public sealed class StudioRequestException : EvokeException
{
    /// <summary>Creates an error with the HTTP status that tells its kind.</summary>
    /// <param name="status">An HTTP status from 400 to 499, or 507 for a full quota.</param>
    /// <param name="message">What was expected and what was found.</param>
    public StudioRequestException(int status, string message)
        : base(message)
        => Status = status;

    /// <summary>The HTTP status of the answer.</summary>
    public int Status { get; }
}
