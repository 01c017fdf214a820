using System.CommandLine;
using System.CommandLine.Parsing;
using Evoke.Curves.Export.Programs;

namespace Evoke.Cli.Options;

/// <summary>Options for files that other programs open.</summary>
internal static class ProgramOptions
{
    /// <summary><c>--export</c>: names of formats, separated by commas.</summary>
    public static Option<ProgramFormat[]> Export() => new("--export")
    {
        Description = $"Also write the moments for other programs: {Names()}. Several are separated by commas.",
        HelpName = "FORMAT,FORMAT",
        CustomParser = Parse,
    };

    /// <summary><c>--own-timecode</c>.</summary>
    public static Option<bool> OwnTimecode() => new("--own-timecode")
    {
        Description = $"Start {Listed(ProgramFormats.All.Where(format => format.TakesOwnTimecode), "and")} at the timecode of the video's first frame, if its "
            + "file has one.",
    };

    private static ProgramFormat[] Parse(ArgumentResult result)
    {
        string[] names = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries))];
        ProgramFormat?[] formats = [.. names.Select(ProgramFormats.Find)];
        if (formats.Contains(null))
        {
            result.AddError($"--export takes {Listed(ProgramFormats.All, "or")}, separated by commas; found '{string.Join(',', names)}'.");
        }

        return [.. formats.OfType<ProgramFormat>().Distinct()];
    }

    private static string Names() => string.Join(", ", ProgramFormats.All.Select(format => format.Name));

    private static string Listed(IEnumerable<ProgramFormat> formats, string last)
    {
        string[] names = [.. formats.Select(format => format.Name)];
        return $"{string.Join(", ", names[..^1])} {last} {names[^1]}";
    }
}
