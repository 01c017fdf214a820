using System.Globalization;

namespace Evoke.Cli.Progress;

/// <summary>The rate of a piece of work and the time left, computed from all progress since it began. Safe to use from any thread.</summary>
/// <remarks>It covers the whole time, not the last seconds: a training step takes seconds, a video minutes.</remarks>
internal sealed class WorkPace
{
    private const double SecondsPerMinute = 60, SecondsPerHour = 3600;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly string _unit;
    private long _began;
    private long _lastReport;
    private double _before;
    private double _done;
    private double? _total;

    /// <summary>Starts measuring.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="unit">What is counted: "s" (of film or sound), "frames", "epochs".</param>
    /// <param name="total">The total amount of work; null while unknown.</param>
    public WorkPace(TimeProvider clock, string unit, double? total)
    {
        (_clock, _unit, _total) = (clock, unit, total);
        _began = _lastReport = clock.GetTimestamp();
    }

    /// <summary>How much is done, and the total if known.</summary>
    public (double Done, double? Total) State
    {
        get
        {
            lock (_gate)
            {
                return (_done, _total);
            }
        }
    }

    /// <summary>Reports how much is done now.</summary>
    public void Report(double done, double? total)
    {
        lock (_gate)
        {
            _done = done;
            _total = total ?? _total;
            _lastReport = _clock.GetTimestamp();
        }
    }

    /// <summary>
    /// Reports what an earlier run has done, which does not count towards the rate. If nothing has been done yet, time is measured from here.
    /// </summary>
    public void Skip(double done)
    {
        lock (_gate)
        {
            bool begins = _done == _before;
            _before += done - _done;
            _done = done;
            if (begins)
            {
                _began = _lastReport = _clock.GetTimestamp();
            }
        }
    }

    /// <summary>"12.5 frames/s", "4.2 epochs/min", "1.3 runs/h"; "12.5x" for seconds of film per second; empty until something is done.</summary>
    public string DescribeRate()
    {
        if (PerSecond() is not { } rate)
        {
            return "";
        }

        (double number, string unit) = _unit == "s" ? (rate, "x")
            : rate >= 1 ? (rate, $" {_unit}/s")
            : rate * SecondsPerMinute >= 1 ? (rate * SecondsPerMinute, $" {_unit}/min")
            : (rate * SecondsPerHour, $" {_unit}/h");
        return string.Create(CultureInfo.InvariantCulture, $"{number:0.0}{unit}");
    }

    /// <summary>"0:12:31 left", hours first; empty until known.</summary>
    public string DescribeTimeLeft()
    {
        if (TimeLeft() is not { } left)
        {
            return "";
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}:{left:mm\\:ss} left");
    }

    private double? PerSecond()
    {
        lock (_gate)
        {
            double seconds = _clock.GetElapsedTime(_began, _lastReport).TotalSeconds;
            double worked = _done - _before;
            return worked > 0 && seconds > 0 ? worked / seconds : null;
        }
    }

    // Between two reports it counts down with the clock.
    private TimeSpan? TimeLeft()
    {
        lock (_gate)
        {
            if (_total is not { } total || PerSecond() is not { } rate)
            {
                return null;
            }

            double seconds = ((total - _done) / rate) - _clock.GetElapsedTime(_lastReport).TotalSeconds;
            return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds));
        }
    }
}
