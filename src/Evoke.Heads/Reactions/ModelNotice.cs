namespace Evoke.Heads.Reactions;

/// <summary>What every model's curves are not, in one line: shown wherever a model is described.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class ModelNotice
{
    /// <summary>The line.</summary>
    public const string Text = "A model's estimate for a film: it measures no person's feelings. Not for hiring, clinics, surveillance or consent.";

    /// <summary>A description with the line after it.</summary>
    /// <param name="description">One or more sentences; a full stop is added if there is none.</param>
    public static string After(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return $"{description}{(description.EndsWith('.') ? "" : ".")} {Text}";
    }
}
