namespace Evoke.Studio.Jobs;

/// <summary>How many seconds of video are done in a second, once that can be told.</summary>
/// <remarks>Counted from the first report on, so that the start of programs and networks does not weigh; silent until enough time has gone by to mean
/// something.</remarks>
internal sealed class Pace(TimeProvider clock)
{
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(2);
    private (long At, double SecondsDone)? _first;

    /// <summary>The pace up to now; null as long as it cannot be told.</summary>
    public double? At(double secondsDone)
    {
        _first ??= (clock.GetTimestamp(), secondsDone);
        TimeSpan gone = clock.GetElapsedTime(_first.Value.At);
        double done = secondsDone - _first.Value.SecondsDone;
        return gone < LeastTime || done <= 0 ? null : done / gone.TotalSeconds;
    }
}
