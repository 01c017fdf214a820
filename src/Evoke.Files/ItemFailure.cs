namespace Evoke.Files;

/// <summary>Decides, for every run over many videos or files, whether an error fails only the current one or ends the run.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>cancellation</term><description>ends the run</description></item>
/// <item><term>an <see cref="EvokeException"/></term><description>as its <see cref="EvokeException.EndsRun"/> says</description></item>
/// <item><term>anything else</term><description>
/// fails the item: a file that vanishes, cannot be opened or triggers a bug in Evoke must not affect the others
/// </description></item>
/// </list>
/// Thread-safe: without state.
/// </remarks>
public static class ItemFailure
{
    /// <summary>The failure of one item; null if the error ends the run.</summary>
    /// <param name="path">The item's file.</param>
    /// <param name="error">The exception thrown while it was processed.</param>
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
