namespace Evoke.Studio.Jobs;

/// <summary>Measures how many seconds of video are processed per second.</summary>
/// <remarks>Measured from the first report, so that the start-up of programs and networks does not count; null until enough time has passed for a useful
/// estimate.</remarks>
internal sealed class Pace(TimeProvider clock)
{
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(2);
    private (long At, double SecondsDone)? _first;

    /// <summary>The speed so far; null until it can be estimated.</summary>
    public double? At(double secondsDone)
    {
        _first ??= (clock.GetTimestamp(), secondsDone);
        TimeSpan gone = clock.GetElapsedTime(_first.Value.At);
        double done = secondsDone - _first.Value.SecondsDone;
        return gone < LeastTime || done <= 0 ? null : done / gone.TotalSeconds;
    }
}
