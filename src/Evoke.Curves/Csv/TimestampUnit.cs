namespace Evoke.Curves.Csv;

/// <summary>What the timestamps of a file in EEV format count.</summary>
public enum TimestampUnit
{
    /// <summary>Microseconds, as in EEV, although the column is named "milliseconds".</summary>
    Microseconds,

    /// <summary>Milliseconds, as the column's name says.</summary>
    Milliseconds,
}
