using System.Collections.Immutable;
using Evoke.Curves.Export.Programs;

namespace Evoke.Studio.Predictions;

/// <summary>The names of the formats in which a result can be exported.</summary>
internal static class ExportFormats
{
    /// <summary>All of them; those for other programs last.</summary>
    public static ImmutableArray<string> All { get; } = ["csv", "scheme", "json", "vtt", "png", "html", .. ProgramFormats.All.Select(format => format.Name)];

    /// <summary>All of them in a sentence: "csv, scheme, … or chapters".</summary>
    public static string Listed { get; } = $"{string.Join(", ", All[..^1])} or {All[^1]}";
}
