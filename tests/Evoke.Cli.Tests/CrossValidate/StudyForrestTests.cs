using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.CrossValidate;

/// <summary>What docs/small-data.md says of the recipe, on the ratings that it was measured on.</summary>
public sealed class StudyForrestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)]
    public async Task TheRecipeForFewVideosScoresOnPartsThatItHasNotSeenAsItsPageSays()
    {
        string? forrest = SourceTree.Shared is { } shared ? Path.Combine(shared, "ratings", "forrest") : null;
        Assert.SkipUnless(forrest is not null && Directory.Exists(forrest), "The ratings of studyforrest are not here: the folder 'shared/ratings/forrest'.");

        CommandResult made = await CommandResult.OfAsync(
            "cross-validate", "--labels", Path.Combine(forrest, "labels.csv"), "--visual-hdf5", Path.Combine(forrest, "visual.h5"), "--visual", "narrow",
            "--visual-rate", "1", "--audio-hdf5", Path.Combine(forrest, "audio.h5"), "--audio", "narrow-audio", "--audio-rate", "1", "--leave-one-out",
            "--group-by", @"run\d", "--epoch", "last", "--no-baselines", "--recipe", "small-data", "--out", _folder.File("cv"), "--json");

        made.ExitCode.ShouldBe(ExitCode.Done, made.Error);
        JsonElement scores = JsonDocument.Parse(made.Out).RootElement.GetProperty("result").GetProperty("models")[0].GetProperty("all");
        scores.GetProperty("pearson").GetProperty("mean").GetDouble().ShouldBe(0.150, 0.01);
        scores.GetProperty("ccc").GetProperty("mean").GetDouble().ShouldBe(0.092, 0.01);
    }
}
