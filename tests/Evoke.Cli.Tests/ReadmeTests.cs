using System.Text.RegularExpressions;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests;

/// <summary>The commands in the README work.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    // Commands that run until they are stopped, download something, need a download, or have their own end-to-end test.
    private static readonly string[] OnlyParsed = ["demo", "studio", "models", "dataset", "train", "swin-l"];

    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    public static TheoryData<string> Commands => [.. CommandLines().Matches(Readme()).Select(match => match.Groups[1].Value.Trim())];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task EveryCommandWorks(string command)
    {
        string[] arguments =
        [
            .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Replace("~", _home.Path, StringComparison.Ordinal)),
        ];
        EvokeCommandLine.Parse(arguments).Mistakes.ShouldBeEmpty();
        if (arguments.Intersect(OnlyParsed).Any())
        {
            return;
        }

        string videos = Directory.CreateDirectory(_home.File("Videos")).FullName;
        File.Copy(await Films.ShortAsync(), Path.Combine(videos, "short.mp4"));
        File.Copy(await Films.ShortAsync(), _home.File("film.mp4"));

        CommandResult result = await CommandResult.OfProcessAsync(arguments, folder: _home.Path);

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
    }

    private static string Readme() => File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [GeneratedRegex(@"^\./evoke ([^#\n]+)", RegexOptions.Multiline)]
    private static partial Regex CommandLines();
}
