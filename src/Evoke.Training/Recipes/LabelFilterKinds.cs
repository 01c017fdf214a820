using Evoke.Curves.Signal;

namespace Evoke.Training.Recipes;

/// <summary>The filters that recipes name.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class LabelFilterKinds
{
    /// <summary>The filter for a recipe's choice; null for none.</summary>
    public static LabelFilter? ToFilter(this LabelFilterKind kind) => kind switch
    {
        LabelFilterKind.None => null,
        LabelFilterKind.Butterworth => LabelFilter.Butterworth,
        LabelFilterKind.Median => LabelFilter.Median,
        LabelFilterKind.Gaussian => LabelFilter.Gaussian,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown label filter."),
    };
}
