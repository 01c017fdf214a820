using Evoke.Curves;
using Evoke.Features.Store;
using Evoke.Testing;

namespace Evoke.Features.Tests.Store;

public sealed class StoreJoinTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FeatureStore _one, _two, _out;

    public StoreJoinTests()
    {
        _one = FeatureStore.OpenOrCreate(_folder.File("one"));
        _two = FeatureStore.OpenOrCreate(_folder.File("two"));
        _out = FeatureStore.OpenOrCreate(_folder.File("out"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FeaturesOfOneModalityAreJoinedSideBySide()
    {
        EncoderIdentity swin = new("swin-l", new string('a', 64)) { Precision = "bfloat16" };
        _one.Write(Film("film", 3, visual: Sequence(swin, 2, 1, 2, 3, 4, 5, 6)) with { Warnings = ["one"] });
        _two.Write(Film("film", 2, Sequence(new("flow", Settings: "v2"), 1, 7, 8), Sequence(new("ear"), 1, 9, 9)) with { Warnings = ["one", "two"] });

        StoreJoinReport report = StoreJoin.Run([_one, _two], _out);

        (report.Joined, report.Failed.Count).ShouldBe((1, 0));
        VideoFeatures joined = _out.Read("film");
        joined.Visual!.Width.ShouldBe(3);
        joined.Visual.Values.ShouldBe([1, 2, 7, 3, 4, 8, 5, 6, 8]); // The shorter one's last row stands for its end.
        joined.Visual.Encoder.ShouldBe(
            new EncoderIdentity("swin-l+flow", null, $"swin-l: weights {new string('a', 64)} + flow: v2") { Precision = "bfloat16" });
        (joined.Audio!.Encoder.Name, joined.Audio.Steps).ShouldBe(("ear", 3));
        joined.DurationSeconds.ShouldBe(3);
        joined.Warnings.ShouldBe(["one", "two"]);
    }

    [Fact]
    public void WhatDoesNotFitFailsItsOwnVideoOnly()
    {
        EncoderIdentity eye = new("eye"), other = new("other");
        foreach (string id in new[] { "good", "same", "rate", "long", "only", "source" })
        {
            _one.Write(Film(id, 2, Sequence(eye, 1, 1, 2)) with { SourceBytes = id == "source" ? 5 : 0 });
        }

        _two.Write(Film("good", 2, Sequence(other, 1, 1, 2)));
        _two.Write(Film("same", 2, Sequence(eye, 1, 1, 2)));
        _two.Write(Film("rate", 2, Sequence(other, 1, 1, 2, 3, 4) with { Rate = new Rate(2) }));
        _two.Write(Film("long", 5, Sequence(other, 1, 1, 2, 3, 4, 5)));
        _two.Write(Film("source", 2, Sequence(other, 1, 1, 2)) with { SourceBytes = 6 });

        StoreJoinReport report = StoreJoin.Run([_one, _two], _out);

        _out.VideoIds().ShouldBe(["good"]);
        Dictionary<string, string> errors = report.Failed.ToDictionary(failure => failure.VideoId, failure => failure.Error.Message);
        errors["same"].ShouldContain("its visual features are of eye, as are those in");
        errors["rate"].ShouldContain("its visual features have 2 steps per second, those in");
        errors["long"].ShouldContain("its features are of 5 s, those in");
        errors["only"].ShouldContain("has no features of the video 'only'");
        errors["source"].ShouldContain("it has features of film (6 bytes);");
        errors.Count.ShouldBe(5);
    }

    [Fact]
    public void AFolderIsNotJoinedWithItselfOrIntoItself()
    {
        Should.Throw<ArgumentException>(() => StoreJoin.Run([_one, _one], _out));
        Should.Throw<ArgumentException>(() => StoreJoin.Run([_one, _two], _two));
        Should.Throw<ArgumentException>(() => StoreJoin.Run([_one], _out));
    }

    private static VideoFeatures Film(string id, double seconds, FeatureSequence? visual = null, FeatureSequence? audio = null) => new()
    {
        VideoId = id,
        SourceName = "film",
        SourceBytes = 0,
        DurationSeconds = seconds,
        Visual = visual,
        Audio = audio,
    };

    private static FeatureSequence Sequence(EncoderIdentity encoder, int width, params float[] values) => new(encoder, new Rate(1), width, values);
}
