namespace Evoke.Curves.Moments;

/// <summary>The name of each kind of moment, the same in every file and on every page.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class MomentKinds
{
    private const string Peak = "peak";
    private const string Dip = "dip";

    /// <summary>"peak" or "dip".</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not defined.</exception>
    public static string Name(this MomentKind kind) => kind switch
    {
        MomentKind.Peak => Peak,
        MomentKind.Dip => Dip,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind of a moment must be a peak or a dip."),
    };

    /// <summary>Parses the name of a kind.</summary>
    /// <exception cref="FormatException">The name is neither "peak" nor "dip".</exception>
    public static MomentKind Parse(string name) => name switch
    {
        Peak => MomentKind.Peak,
        Dip => MomentKind.Dip,
        _ => throw new FormatException($"The kind of a moment must be {Peak} or {Dip}; found '{name}'."),
    };
}
