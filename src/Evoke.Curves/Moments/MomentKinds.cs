namespace Evoke.Curves.Moments;

/// <summary>The word for each kind of moment, the same in every file and on every page.</summary>
public static class MomentKinds
{
    private const string Peak = "peak";
    private const string Dip = "dip";

    /// <summary>"peak" or "dip".</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is none of the enumeration.</exception>
    public static string Name(this MomentKind kind) => kind switch
    {
        MomentKind.Peak => Peak,
        MomentKind.Dip => Dip,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A moment is a peak or a dip."),
    };

    /// <summary>The kind of a name.</summary>
    /// <exception cref="FormatException">The name is neither "peak" nor "dip".</exception>
    public static MomentKind Parse(string name) => name switch
    {
        Peak => MomentKind.Peak,
        Dip => MomentKind.Dip,
        _ => throw new FormatException($"A moment is a {Peak} or a {Dip}; found '{name}'."),
    };
}
