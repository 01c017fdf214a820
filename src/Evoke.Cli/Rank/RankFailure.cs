namespace Evoke.Cli.Rank;

/// <summary>A video, or a file of a prediction, that is not in the ranking, as reported on standard output.</summary>
internal sealed record RankFailure(string Video, string Error);
