namespace Evoke.Files;

/// <summary>Decides for every run of many (videos, files) whether an error fails the one at hand or ends the run.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>cancellation</term><description>ends the run</description></item>
/// <item><term>an <see cref="EvokeException"/></term><description>as its <see cref="EvokeException.EndsRun"/> says</description></item>
/// <item><term>anything else</term><description>
/// fails the item: whatever a file does, be it that it vanishes, cannot be opened or finds a fault of ours, it does it to itself alone
/// </description></item>
/// </list>
/// </remarks>
public static class ItemFailure
{
    /// <summary>The failure of one item of many; null if the error ends the run.</summary>
    /// <param name="path">The item's file.</param>
    /// <param name="error">What was thrown while it was worked on.</param>
    public static EvokeException? Of(string path, Exception error) => error switch
    {
        OperationCanceledException => null,
        EvokeException { EndsRun: true } => null,
        EvokeException known => known,
        IOException or UnauthorizedAccessException => new FileReadException(path, error),
        null => throw new ArgumentNullException(nameof(error)),
        _ => new UnexpectedFailureException(path, error),
    };
}
