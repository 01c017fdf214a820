namespace Evoke.Curves.Csv;

/// <summary>What the label columns of a file have to hold.</summary>
/// <param name="Lows">Their least values.</param>
/// <param name="Highs">Their greatest values.</param>
/// <param name="InRange">True if other values are errors.</param>
internal sealed record EevBlockColumns(float[] Lows, float[] Highs, bool InRange);
