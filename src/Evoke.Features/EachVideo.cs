using Evoke.Files;

namespace Evoke.Features;

/// <summary>Works on videos one after the other; one that fails does not end the run.</summary>
internal static class EachVideo
{
    /// <summary>Works on every video.</summary>
    /// <param name="ids">The videos.</param>
    /// <param name="work">Works on one.</param>
    /// <param name="progress">Called for every video.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>Those that failed, and why.</returns>
    public static IReadOnlyList<(string VideoId, EvokeException Error)> Do(
        IReadOnlyList<string> ids, Action<string> work, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        List<(string, EvokeException)> failed = [];
        for (int i = 0; i < ids.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            EvokeException? error = null;
            try
            {
                work(ids[i]);
            }
            catch (Exception e) when (ItemFailure.Of(ids[i], e) is { } failure)
            {
                error = failure;
                failed.Add((ids[i], failure));
            }

            progress?.Report(new FeatureProgress(ids[i], i + 1, ids.Count, error));
        }

        return failed;
    }
}
