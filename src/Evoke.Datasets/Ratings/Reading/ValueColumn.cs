namespace Evoke.Datasets.Ratings.Reading;

/// <summary>A column of values.</summary>
/// <param name="Index">Its index, from 0.</param>
/// <param name="Name">The curve or the rater; empty if another column or the file says it.</param>
/// <param name="Seconds">The time that its name says, in a layout with a column for each time.</param>
internal readonly record struct ValueColumn(int Index, string Name, double Seconds = 0);
