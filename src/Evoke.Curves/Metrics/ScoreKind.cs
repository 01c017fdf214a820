namespace Evoke.Curves.Metrics;

/// <summary>A way to say how well a curve agrees with its labels; <see cref="CurveScores"/> defines each.</summary>
public enum ScoreKind
{
    /// <summary>Pearson's correlation, the challenge's score: higher is better.</summary>
    Pearson,

    /// <summary>Spearman's rank correlation: higher is better.</summary>
    Spearman,

    /// <summary>Lin's concordance correlation: higher is better.</summary>
    Ccc,

    /// <summary>Root mean square error: lower is better.</summary>
    Rmse,

    /// <summary>Mean absolute error: lower is better.</summary>
    Mae,
}

/// <summary>Names and directions of <see cref="ScoreKind"/>.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class ScoreKinds
{
    /// <summary>All kinds, in the order of tables.</summary>
    public static IReadOnlyList<ScoreKind> All { get; } = [ScoreKind.Pearson, ScoreKind.Spearman, ScoreKind.Ccc, ScoreKind.Rmse, ScoreKind.Mae];

    /// <summary>The key in files and on the command line: "pearson".</summary>
    public static string KeyOf(this ScoreKind kind) => kind switch
    {
        ScoreKind.Pearson => "pearson",
        ScoreKind.Spearman => "spearman",
        ScoreKind.Ccc => "ccc",
        ScoreKind.Rmse => "rmse",
        ScoreKind.Mae => "mae",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown score."),
    };

    /// <summary>The name in tables: "Pearson", "RMSE".</summary>
    public static string TitleOf(this ScoreKind kind) => kind is ScoreKind.Pearson or ScoreKind.Spearman ? kind.ToString() : kind.KeyOf().ToUpperInvariant();

    /// <summary>True if lower is better.</summary>
    public static bool IsError(this ScoreKind kind) => kind is ScoreKind.Rmse or ScoreKind.Mae;
}
