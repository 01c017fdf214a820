using System.Collections.Immutable;

namespace Evoke.Studio.Predictions;

/// <summary>A column of the table of scores.</summary>
/// <param name="Key">Its name for programs, like "mean.joy"; it stays the same.</param>
/// <param name="Group">The kind of score, like "Mean".</param>
/// <param name="Name">Its name for people, like "joy".</param>
/// <param name="About">In a sentence: what the score is.</param>
internal sealed record ScoreColumn(string Key, string Group, string Name, string About);

/// <summary>The scores of a video.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its display name.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="DurationSeconds">Its duration in seconds; null until it is known.</param>
/// <param name="Values">Its score of each column, in the unit of the emotion; null if it has none.</param>
internal sealed record ScoreRow(string Id, string Name, ImmutableArray<string> Tags, double? DurationSeconds, ImmutableArray<float?> Values);

/// <summary>Videos by their scores.</summary>
/// <param name="Model">The model.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">One for each video that has a result from the model.</param>
internal sealed record VideoScoreTable(string Model, ImmutableArray<ScoreColumn> Columns, ImmutableArray<ScoreRow> Rows);
