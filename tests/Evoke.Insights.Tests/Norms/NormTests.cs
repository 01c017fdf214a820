using System.Text;
using CsCheck;
using Evoke.Curves.Export;
using Evoke.Curves.Measures;
using Evoke.Insights.Norms;
using Evoke.Insights.Summaries;
using Evoke.Testing;

namespace Evoke.Insights.Tests.Norms;

public sealed class NormTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ThePercentileCountsTheLowerVideosAndHalfOfTheEqualOnes()
    {
        // Means 0.01, 0.02 … 0.30; the new video has 0.25: 24 lower, 1 equal.
        Norm norm = Norm.Of("trailers", Enumerable.Range(1, 30).Select(i => Member($"film{i}", i / 100f)));

        Measure placed = Place(norm, Film("new", 0.25f)).Find("mean.arousal")!;

        placed.Standing!.Videos.ShouldBe(30);
        placed.Standing.Percentile.ShouldBe(100 * 24.5 / 30, 1e-9);
        placed.NoStanding.ShouldBeNull();
    }

    [Fact]
    public void TheVideoItselfIsLeftOut()
    {
        Norm norm = Norm.Of("trailers", Enumerable.Range(1, 21).Select(i => Member($"film{i}", i / 100f)));

        MeasureStanding standing = Place(norm, Film("film21", 0.21f)).Find("mean.arousal")!.Standing!;

        (standing.Percentile, standing.Videos).ShouldBe((100, 20));
    }

    [Fact]
    public void AVideoOfTheSameNameAndAnotherLengthIsAnother()
    {
        Norm norm = Norm.Of("trailers", Enumerable.Range(1, 21).Select(i => Member($"film{i}", i / 100f)));

        Place(norm, Film("film21", 0.21f, steps: 31)).Find("mean.arousal")!.Standing!.Videos.ShouldBe(21);
    }

    [Fact]
    public void FewerThanTwentyOtherVideosGiveNoPercentileAndSayHowManyAreNeeded()
    {
        Norm norm = Norm.Of("trailers", Enumerable.Range(1, 20).Select(i => Member($"film{i}", i / 100f)));

        Place(norm, Film("new", 0.1f)).Find("mean.arousal")!.Standing.ShouldNotBeNull();
        Measure own = Place(norm, Film("film3", 0.03f)).Find("mean.arousal")!;

        own.Standing.ShouldBeNull();
        own.NoStanding.ShouldBe("a percentile needs 20 other videos with this number; the norm has 19");
    }

    [Fact]
    public void CurvesOfAnotherModelHaveNoPercentileAndSayWhy()
    {
        Norm norm = Norm.Of("trailers", Enumerable.Range(1, 30).Select(i => Member($"film{i}", i / 100f)));

        MeasureList placed = Place(norm, Film("new", 0.1f) with { ModelName = "run/best", ModelSha256 = new string('a', 64) });

        placed.Measures.ShouldAllBe(measure => measure.Standing == null);
        placed.Measures[0].NoStanding.ShouldBe("the norm was made with the model affect, and these curves are by run/best (aaaaaaaaaaaa)");
    }

    [Fact]
    public void AModelIsTheSameUnderAnotherNameIfItsFileIsTheSame()
    {
        ModelIdentity best = ModelIdentity.Of(Film("a", 0.1f) with { ModelName = "run/best", ModelSha256 = new string('a', 64) });

        best.IsSameAs(best with { Name = "model", Encoders = ["other"] }).ShouldBeTrue();
        best.IsSameAs(best with { Sha256 = new string('b', 64) }).ShouldBeFalse();
        best.IsSameAs(best with { Sha256 = "" }).ShouldBeTrue();
        best.IsSameAs(best with { Sha256 = "", Encoders = ["other"] }).ShouldBeFalse();
    }

    [Fact]
    public void VideosOfTwoModelsMakeNoNorm()
    {
        NormMember other = Member("b", 0.2f) with { Model = ModelIdentity.Of(Film("b", 0.2f) with { ModelName = "mine" }) };

        Should.Throw<NormException>(() => Norm.Of("trailers", [Member("a", 0.1f), other])).Message
            .ShouldBe("A norm is of one model, but 'a' was predicted by affect and 'b' by mine.");
    }

    [Fact]
    public void AVideoThatIsThereTwiceCountsOnce() =>
        Norm.Of("trailers", [Member("a", 0.1f), Member("a", 0.1f), Member("b", 0.1f)]).Videos.Length.ShouldBe(2);

    [Fact]
    public void AFileBringsTheNormBackAndHasTheSameBytes()
    {
        Norm norm = Norm.Of("trailers", Enumerable.Range(1, 30).Select(i => Member($"film{i}", 1f / i)));
        string path = _folder.File("a.json"), again = _folder.File("b.json");

        NormFile.Write(norm, path);
        Norm read = NormFile.Read(path);
        NormFile.Write(read, again);

        File.ReadAllBytes(again).ShouldBe(File.ReadAllBytes(path));
        read.Videos.ShouldBe(norm.Videos);
        Place(read, Film("new", 0.1f)).Measures.ShouldBe(Place(norm, Film("new", 0.1f)).Measures);
    }

    [Theory]
    [InlineData("{", "it is not", "norm")]
    [InlineData("{}", "expected the format 'evoke.norms'; found ''", "norm")]
    [InlineData("{\"format\":\"evoke.norms\",\"version\":9}", "its version is 9", "reads up to 1")]
    [InlineData("[]", "expected an object", "found a list")]
    public void AFileThatIsNoNormSaysWhatWasExpected(string text, string expected, string found)
    {
        string path = _folder.File("norm.json");
        File.WriteAllText(path, text);

        string message = Should.Throw<NormException>(() => NormFile.Read(path)).Message;
        message.ShouldContain(path);
        message.ShouldContain(text == "{" ? "is not a norm" : expected);
        message.ShouldContain(found);
    }

    [Fact]
    public void AFolderIsReadToItsEndWhateverASingleFileIs()
    {
        for (int i = 0; i < 3; i++)
        {
            JsonExport.Write(Film($"film{i}", i / 10f), _folder.File($"film{i}.json"));
        }

        File.WriteAllText(_folder.File("film1.json"), File.ReadAllText(_folder.File("film1.json"))[..200]);
        File.WriteAllText(_folder.File("other.json"), "{\"format\":\"evoke.norms\"}");
        File.WriteAllText(_folder.File("film0.scheme.json"), "{}");

        NormFolder read = NormFolder.Read(_folder.Path);

        read.Members.Select(member => member.Video.Id).ShouldBe(["film0", "film2"]);
        read.Failures.Single().Message.ShouldContain("film1.json is not a prediction of 'evoke predict --json': it is not valid JSON");
    }

    [Fact]
    public void AFolderWithoutPredictionsSaysSo()
    {
        Should.Throw<NormException>(() => NormFolder.Read(_folder.Path)).Message.ShouldContain("contains no prediction");
        Should.Throw<NormException>(() => NormFolder.Read(_folder.File("nowhere"))).Message.ShouldContain("is not a folder");
    }

    /// <summary>Studio reads what people send it: a damaged file is refused, or is a norm that can be used.</summary>
    [Fact]
    public void ADamagedFileIsRefusedOrUsable()
    {
        string path = _folder.File("trailers.norms.json");
        NormFile.Write(Norm.Of("trailers", Enumerable.Range(1, 3).Select(i => Member($"film{i}", i / 100f))), path);
        byte[] whole = File.ReadAllBytes(path);
        PredictionDocument film = Film("new", 0.25f);
        string[] texts = ["-", "9", "e", "\"", "\\", "\\ud800", "{", "]", ",", "0", "null", "\0", "\ud83d\ude00"];
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[0, texts.Length - 1], Gen.Int[0, 5]).Sample(
            damage =>
            {
                (int at, int text, int less) = damage;
                byte[] bytes = [.. whole[..at], .. Encoding.UTF8.GetBytes(texts[text]), .. whole[Math.Min(whole.Length, at + less)..]];
                try
                {
                    Place(NormFile.Parse(bytes, "mine.json"), film);
                }
                catch (NormException error)
                {
                    error.Message.ShouldStartWith("mine.json is not a norm of 'evoke norms make': ");
                }
            },
            iter: 20_000,
            threads: 1);
    }

    private static MeasureList Place(Norm norm, PredictionDocument film) => norm.Place(VideoSummary.Of(film), film);

    private static NormMember Member(string id, float arousal)
    {
        PredictionDocument film = Film(id, arousal);
        return new NormMember(NormVideo.Of(film), ModelIdentity.Of(film), VideoSummary.Of(film));
    }

    private static PredictionDocument Film(string id, float arousal, int steps = 30) =>
        Predictions.Of(["arousal"], 1, [.. Enumerable.Repeat(arousal, steps)], id);
}
