using Evoke.Files;

namespace Evoke.Datasets;

/// <summary>Labels and features of a dataset do not match; the message names the videos, what was expected and what was found.</summary>
public sealed class DatasetException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public DatasetException(string message)
        : base(message)
    {
    }
}
