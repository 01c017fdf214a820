using Evoke.Training.Recipes;

namespace Evoke.Experiments.Paper;

/// <summary>The paper's tables and its numbers.</summary>
internal static class PaperTables
{
    /// <summary>Tables 1 to 4.</summary>
    public static IReadOnlyList<int> Numbers { get; } = [1, 2, 3, 4];

    /// <summary>The recipe of the paper's own model.</summary>
    public const string Paper = "paper";

    /// <summary>The recipe that also trains on validation videos.</summary>
    public const string Merged = "merged";

    /// <summary>The recipe of the challenge's winners.</summary>
    public const string Winners = "sml";

    /// <summary>Models that the final submission averages.</summary>
    public const int FinalMembers = 8;

    /// <summary>Its score on the challenge's test videos.</summary>
    public static PaperFigure FinalTest { get; } = new(0.04430);

    /// <summary>The winners' score there.</summary>
    public static PaperFigure WinnersTest { get; } = new(0.05477);

    /// <summary>Table 1.</summary>
    public static IReadOnlyList<PaperRow> Sampling { get; } =
    [
        new("6 Hz, no interpolation: 10 s, 60 steps", "paper-6hz-10s", new(0.0077)),
        new("6 Hz, no interpolation: 60 s, 360 steps", "paper-6hz-60s", new(0.0106)),
        new("1 Hz, interpolation: 60 s, 60 steps", Paper, new(0.0121)),
    ];

    /// <summary>Table 2.</summary>
    public static IReadOnlyList<PaperRow> Filters { get; } =
    [
        new("Butterworth", "butterworth", new(0.0089), new(0.63), LabelFilterKind.Butterworth),
        new("median", "median", new(0.0090), new(0.66), LabelFilterKind.Median),
        new("Gaussian", "gaussian", new(0.0071), new(0.69), LabelFilterKind.Gaussian),
        new("none", Paper, new(0.0121), new(1.00)),
    ];

    /// <summary>Table 3.</summary>
    public static IReadOnlyList<PaperRow> Losses { get; } =
    [
        new("L1", Paper, new(0.0121)),
        new("KL", "kl", new(0.0137)),
        new("CCC", "ccc", new(0.0117)),
    ];

    /// <summary>Recipes whose models may be in the final submission. KL is not among them: the paper tried it after the challenge.</summary>
    public static IReadOnlyList<string> Candidates { get; } = [Paper, "ccc", "butterworth", "median", "gaussian"];

    /// <summary>The other teams of Table 4.</summary>
    public static IReadOnlyList<(string Team, PaperFigure Test)> OtherTeams { get; } =
    [
        ("youlin", new(0.02292)),
        ("VAOH", new(0.01510)),
        ("jskim", new(0.01402)),
    ];

    /// <summary>Scores of single models with an encoder's features, from the authors' notes.</summary>
    /// <param name="visual">The visual encoder's name.</param>
    public static (PaperFigure? Validation, PaperFigure? Test) Single(string? visual) => visual switch
    {
        not null when visual.StartsWith("swin", StringComparison.Ordinal) => (new(0.0122, 0.0124), null),
        not null when visual.StartsWith("inception", StringComparison.Ordinal) => (new(0.0121), new(0.026, 0.030)),
        not null when visual.StartsWith("se-res", StringComparison.Ordinal) => (new(0.0102), null),
        _ => (null, null),
    };
}
