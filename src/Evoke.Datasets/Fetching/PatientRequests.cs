using CliWrap.Buffered;

namespace Evoke.Datasets.Fetching;

/// <summary>Runs yt-dlp, and waits while the site limits requests: only one video is then asked for again, after each wait, until the site answers.</summary>
/// <remarks>Thread-safe. Requests that were under way when the limit was noticed are not stopped.</remarks>
/// <param name="options">How long to wait.</param>
/// <param name="waits">Receives the length of each wait before it begins; null for nobody.</param>
internal sealed class PatientRequests(VideoFetchOptions options, IProgress<TimeSpan>? waits) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1); // held by the one that waits and asks again
    private volatile bool _isLimited;
    private volatile bool _isGivenUp;
    private int _endedLimits;

    /// <summary>Makes a request.</summary>
    /// <param name="request">Runs yt-dlp; called again after each wait.</param>
    /// <param name="cancellationToken">Ends a wait at once.</param>
    /// <returns>The site's answer; null if it has limited requests for longer than <see cref="VideoFetchOptions.LimitPatience"/>.</returns>
    public async Task<BufferedCommandResult?> AskAsync(Func<Task<BufferedCommandResult>> request, CancellationToken cancellationToken)
    {
        if (_isLimited)
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            _turn.Release();
        }

        if (_isGivenUp)
        {
            return null;
        }

        int ended = Volatile.Read(ref _endedLimits);
        BufferedCommandResult answer = await request().ConfigureAwait(false);
        if (!IsLimit(answer))
        {
            return answer;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Another video has waited meanwhile: its wait counts for this one too.
            if (ended != _endedLimits && !IsLimit(answer = await request().ConfigureAwait(false)))
            {
                return answer;
            }

            return _isGivenUp ? null : await AskAfterWaitsAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<BufferedCommandResult?> AskAfterWaitsAsync(Func<Task<BufferedCommandResult>> request, CancellationToken cancellationToken)
    {
        _isLimited = true;
        TimeSpan waited = TimeSpan.Zero;
        TimeSpan wait = options.FirstWait;
        while (waited < options.LimitPatience)
        {
            TimeSpan now = Shorter(wait, options.LimitPatience - waited);
            waits?.Report(now);
            await Task.Delay(now, options.Clock, cancellationToken).ConfigureAwait(false);
            BufferedCommandResult answer = await request().ConfigureAwait(false);
            if (!IsLimit(answer))
            {
                _endedLimits++;
                _isLimited = false;
                return answer;
            }

            waited += now;
            wait = Shorter(2 * wait, options.LongestWait);
        }

        _isGivenUp = true;
        return null;
    }

    private static bool IsLimit(BufferedCommandResult answer) => answer.ExitCode != 0 && YtDlpMessage.IsRateLimit(answer.StandardError);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
