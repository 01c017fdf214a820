namespace Evoke.Datasets.Ratings.Reading;

/// <summary>How times are written.</summary>
public enum TimeUnit
{
    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Microseconds.</summary>
    Microseconds,

    /// <summary>Hours, minutes and seconds: 1:02:03.5, or minutes and seconds: 2:03.5.</summary>
    Clock,
}
