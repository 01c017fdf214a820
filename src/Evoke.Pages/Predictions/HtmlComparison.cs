using Evoke.Curves;

namespace Evoke.Pages.Predictions;

/// <summary>Another cut of the video, with which the page compares it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class HtmlComparison
{
    /// <summary>Describes the other cut.</summary>
    /// <param name="sourceName">Its display name.</param>
    /// <param name="curves">Its curves on the time grid of the first cut; NaN in every column where it has no counterpart.</param>
    /// <param name="alignment">How the two are matched: "time" or "content".</param>
    public HtmlComparison(string sourceName, EmotionCurves curves, string alignment)
    {
        ArgumentNullException.ThrowIfNull(sourceName);
        ArgumentNullException.ThrowIfNull(curves);
        ArgumentNullException.ThrowIfNull(alignment);
        (SourceName, Curves, Alignment) = (sourceName, curves, alignment);
    }

    /// <summary>Its display name.</summary>
    public string SourceName { get; }

    /// <summary>Its curves on the time grid of the first cut; NaN in every column where it has no counterpart.</summary>
    public EmotionCurves Curves { get; }

    /// <summary>How the two are matched: "time" or "content".</summary>
    public string Alignment { get; }
}
