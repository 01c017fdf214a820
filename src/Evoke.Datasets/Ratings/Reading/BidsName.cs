namespace Evoke.Datasets.Ratings.Reading;

/// <summary>The entities of a file's name in BIDS: "sub-01_task-film_recording-joy_stim.tsv.gz".</summary>
/// <param name="Entities">Keys and values, in the order of the name.</param>
/// <param name="Suffix">What follows the last underscore: "stim"; empty for a name without entities.</param>
internal sealed record BidsName(IReadOnlyDictionary<string, string> Entities, string Suffix)
{
    /// <summary>The video: the entity "stim", or "task".</summary>
    public string? Video => Entities.GetValueOrDefault("stim") ?? Entities.GetValueOrDefault("task");

    /// <summary>The rater: "sub-01".</summary>
    public string? Rater => Entities.TryGetValue("sub", out string? label) ? $"sub-{label}" : null;

    /// <summary>The curve, where the file's columns do not name it.</summary>
    public string? Recording => Entities.GetValueOrDefault("recording");

    /// <summary>Takes a name apart; a name that is not of BIDS has no entities.</summary>
    public static BidsName Of(string path)
    {
        string[] parts = NamePattern.StemOf(path).Split('_');
        Dictionary<string, string> entities = new(StringComparer.Ordinal);
        string? last = null;
        foreach (string part in parts[..^1])
        {
            int dash = part.IndexOf('-', StringComparison.Ordinal);
            if (dash < 0 && last is not null && part.Length > 0)
            {
                entities[last] += $"_{part}"; // Labels have no underscores in BIDS, but the names of videos do: "task-trailer_clip1".
                continue;
            }

            if (dash <= 0 || dash == part.Length - 1 || !entities.TryAdd(part[..dash], part[(dash + 1)..]))
            {
                return new BidsName(new Dictionary<string, string>(), SuffixOf(parts));
            }

            last = part[..dash];
        }

        return new BidsName(entities, SuffixOf(parts));
    }

    private static string SuffixOf(string[] parts) => parts.Length > 1 && parts[^1] is "stim" or "events" ? parts[^1] : "";
}
