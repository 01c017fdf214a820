using System.Globalization;
using System.Text;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation;

/// <summary>Whoever types what a page says, line by line, gets what the page says.</summary>
public sealed class DocumentedCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)]
    public async Task Start()
    {
        File.Copy(await Films.ShortAsync(), _folder.File("film.mp4"));

        await ShouldWorkAsync("docs/start.md");

        new[] { "film.csv", "film.html", "film.json", "demo/film.html" }.ShouldAllBe(name => File.Exists(_folder.File(name)));
    }

    [Fact(Explicit = true)]
    public async Task OwnBackbone()
    {
        string network = Path.Combine(Repository.Root, "..", "shared", "weights", "mobilenet_v2.onnx");
        Assert.SkipUnless(File.Exists(network), "The network mobilenet_v2.onnx is not beside the repository.");
        File.Copy(network, _folder.File("mine.onnx"));

        // This one has two outputs.
        await File.WriteAllTextAsync(_folder.File("mine.onnx.json"), """{ "output": "embedding" }""", TestContext.Current.CancellationToken);

        await ShouldWorkAsync("docs/own-backbone.md");

        Directory.GetFiles(_folder.File("curves"), "*.csv").Length.ShouldBe(5);
        File.Exists(_folder.File("run-imported/best.safetensors")).ShouldBeTrue();
    }

    [Fact(Explicit = true)]
    public async Task OwnRatings()
    {
        string[] clips = ["one", "two", "three", "four", "five", "six"];
        string ratings = Directory.CreateDirectory(_folder.File("ratings")).FullName, videos = Directory.CreateDirectory(_folder.File("clips")).FullName;
        foreach (int rater in Enumerable.Range(1, 3))
        {
            StringBuilder table = new("clip,time,valence\n");
            foreach ((int i, string clip) in clips.Index())
            {
                for (int second = 0; second < 12; second++)
                {
                    table.Append(CultureInfo.InvariantCulture, $"{clip},{second},{Math.Sin((second * 0.7) + i + (rater * 0.2)):0.000}\n");
                }
            }

            await File.WriteAllTextAsync(Path.Combine(ratings, $"P{rater}.csv"), table.ToString(), TestContext.Current.CancellationToken);
        }

        foreach ((int i, string clip) in clips.Index())
        {
            File.Copy(await TestFilms.FlashesAndBeepsAsync(12, [1 + (0.5 * i), 4, 9]), Path.Combine(videos, clip + ".mp4"));
        }

        await ShouldWorkAsync("docs/ratings.md");

        File.Exists(_folder.File("predictions/one.html")).ShouldBeTrue();
    }

    private async Task ShouldWorkAsync(string page)
    {
        string[][] lines = [.. DocumentedCommands.Arguments(page)];
        lines.ShouldNotBeEmpty();
        foreach (string[] arguments in lines)
        {
            CommandResult result = await CommandResult.OfProcessAsync(arguments, folder: _folder.Path);
            result.ExitCode.ShouldBe(ExitCode.Done, $"evoke {string.Join(' ', arguments)}\n{result.Out}\n{result.Error}");
        }
    }
}
