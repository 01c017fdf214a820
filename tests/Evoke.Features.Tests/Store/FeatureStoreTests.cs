using CsCheck;
using Evoke.Curves;
using Evoke.Features.Store;
using Evoke.Tensors;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;

namespace Evoke.Features.Tests.Store;

public sealed class FeatureStoreTests : IDisposable
{
    private static readonly EncoderIdentity Eye = new("swin-l", new string('a', 64), "l2-normalised") { Precision = "bfloat16" };
    private static readonly EncoderIdentity Ear = new("audio-lld", null, "v1");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.File("store"));
        VideoFeatures features = Sample("-0zxc/vbnm") with
        {
            SoundMissing = true,
            Warnings = ["the file ends early, at 3.5 s of 60 s", "no \"sound\""],
        };
        store.Write(features);

        ShouldBeSame(store.Read("-0zxc/vbnm"), features);
        store.Contains("-0zxc/vbnm").ShouldBeTrue();
        store.VideoIds().ShouldBe(["-0zxc/vbnm"]);
        Directory.GetFiles(store.Folder).Length.ShouldBe(1, "nothing unfinished is left");
    }

    [Fact]
    public void EitherModalityMayBeAlone()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        VideoFeatures picture = Sample("picture") with { Audio = null };
        VideoFeatures sound = Sample("sound") with { Visual = null };
        store.Write(picture);
        store.Write(sound);
        ShouldBeSame(store.Read("picture"), picture);
        ShouldBeSame(store.Read("sound"), sound);
        store.VideoIds().ShouldBe(["picture", "sound"]);
    }

    [Fact]
    public void TheOtherModalityIsKept()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        VideoFeatures both = Sample("v") with { AudioTrack = 2 };
        store.Add(both);
        ShouldBeSame(store.Read("v"), both);
        store.Add(both with { Audio = null, AudioTrack = null });
        ShouldBeSame(store.Read("v"), both);
        store.Add(both with { Visual = null });
        ShouldBeSame(store.Read("v"), both);
        File.WriteAllText(store.PathOf("v"), "damaged");
        store.Add(both with { Audio = null, AudioTrack = null });
        ShouldBeSame(store.Read("v"), both with { Audio = null, AudioTrack = null });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ImportedFeaturesTakeTheLengthOfTheVideo(bool videoFirst)
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        VideoFeatures sound = new()
        {
            VideoId = "v",
            SourceName = "v.mp4",
            SourceBytes = 99,
            DurationSeconds = 4.5,
            Audio = new FeatureSequence(Ear, new Rate(1), 1, [1, 2, 3, 4, 5]),
        };
        VideoFeatures picture = new()
        {
            VideoId = "v",
            SourceName = "own.h5",
            SourceBytes = 0,
            DurationSeconds = 4,
            Visual = new FeatureSequence(Eye, new Rate(2), 1, [1, 2, 3, 4, 5, 6, 7, 8]),
        };
        store.Add(videoFirst ? sound : picture);
        store.Add(videoFirst ? picture : sound);

        VideoFeatures joined = store.Read("v");
        (joined.SourceName, joined.SourceBytes, joined.DurationSeconds).ShouldBe(("v.mp4", 99, 4.5));
        joined.Audio!.Values.ShouldBe([1, 2, 3, 4, 5]);
        joined.Visual!.Values.ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 8]);
        joined.Visual.Rate.ShouldBe(new Rate(2));

        VideoFeatures shorter = picture with { DurationSeconds = 1, Visual = new FeatureSequence(Eye, new Rate(2), 1, [1, 2]) };
        Should.Throw<FeatureFileException>(() => store.Add(shorter))
            .Message.ShouldContain("its audio features are of 4.5 s from v.mp4, the new visual features of 1 s from own.h5");
    }

    [Fact]
    public void HalfPrecisionRoundsToTheNearestHalf()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        VideoFeatures features = Sample("half");
        store.Write(features, DType.F16);
        float[] expected = [.. features.Visual!.Values.Select(value => (float)(Half)value)];
        store.Read("half").Visual!.Values.ShouldBe(expected);
        new FileInfo(store.PathOf("half")).Length.ShouldBeLessThan(1000 + (2 * (features.Visual.Values.Length + features.Audio!.Values.Length)));

        using FeatureFile file = store.OpenFile("half");
        float[] row = new float[file.Visual!.Width];
        file.Visual.CopyRows(2, row);
        row.ShouldBe(expected[(2 * row.Length)..(3 * row.Length)]);
        Should.Throw<InvalidOperationException>(() => file.Visual.Rows(0, 1).Length).Message.ShouldContain("F16");
    }

    [Fact]
    public void RowsAreReadWhereTheyLie()
        => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4]).Sample((first, count) =>
        {
            VideoFeatures features = Sample("rows");
            FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
            store.Write(features);
            using FeatureFile file = store.OpenFile("rows");
            MappedFeatures visual = file.Visual!;
            if (first + count > visual.Steps)
            {
                Should.Throw<ArgumentOutOfRangeException>(() => visual.Rows(first, count).Length);
                return;
            }

            float[] expected = features.Visual!.Values[(first * visual.Width)..((first + count) * visual.Width)];
            float[] copied = new float[expected.Length];
            visual.CopyRows(first, copied);
            copied.ShouldBe(expected);
            visual.Rows(first, count).ToArray().ShouldBe(expected);
        }, iter: 30, threads: 1);

    [Fact]
    public void WhatDoesNotFitItsDurationIsNotWritten()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        Should.Throw<ArgumentException>(() => store.Write(Sample("bad") with { DurationSeconds = 9 })).Message.ShouldContain("9 steps at 1 Hz");
        Should.Throw<ArgumentException>(() => store.Write(Sample("bad") with { Visual = null, Audio = null })).Message.ShouldContain("neither");
        Should.Throw<ArgumentException>(() => store.Write(Sample("bad"), DType.BF16)).Message.ShouldContain("F32 or F16");
        store.VideoIds().ShouldBeEmpty();
    }

    [Fact]
    public void AMissingVideoAndAMissingStoreAreNamed()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        Should.Throw<FeaturesMissingException>(() => store.Read("nobody")).Message.ShouldContain("'nobody'");
        Should.Throw<FeatureStoreMissingException>(() => FeatureStore.Open(_folder.File("nowhere"))).Message.ShouldContain("nowhere");
    }

    [Fact]
    public void ATruncatedFileIsNamed()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        store.Write(Sample("cut"));
        string path = store.PathOf("cut");
        using (FileStream file = new(path, FileMode.Open))
        {
            file.SetLength(file.Length - 10);
        }

        Should.Throw<TruncatedTensorFileException>(() => store.Read("cut")).Message.ShouldContain(path);
    }

    [Fact]
    public void AFileUnderAnothersNameIsNamed()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        store.Write(Sample("one"));
        File.Move(store.PathOf("one"), store.PathOf("two"));
        Should.Throw<FeatureFileException>(() => store.Read("two")).Message.ShouldContain("expected the features of the video 'two', found those of 'one'");
    }

    [Fact]
    public void ANumberThatIsNoneIsNamedByItsRow()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        VideoFeatures features = Sample("nan");
        features.Visual!.Values[(2 * 6) + 1] = float.NaN;
        store.Write(features);
        Should.Throw<FeatureFileException>(() => store.Read("nan")).Message.ShouldContain("in row 2, column 1");
    }

    [Fact]
    public void OtherFilesAreToldFromFeatureFiles()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        float[] numbers = new float[8];
        (string Json, TensorSource[] Tensors, string Expected)[] wrong =
        [
            ("", [TensorSource.FromFloats("visual", [4, 2], numbers)], "this is not a feature file"),
            ("{", [TensorSource.FromFloats("visual", [4, 2], numbers)], "cannot be parsed"),
            (Header("\"version\":2,", ""), [TensorSource.FromFloats("visual", [4, 2], numbers)], "expected version 1"),
            (Header("", ""), [TensorSource.FromFloats("visual", [4, 2], numbers)], "does not say which encoder made it"),
            (Header("", ",\"colour\":1"), [TensorSource.FromFloats("visual", [4, 2], numbers)], "cannot be parsed"),
            (Header("", Track("visual", 1)), [TensorSource.FromFloats("audio", [4, 2], numbers)], "no such tensor; found 'audio'"),
            (Header("", Track("visual", 1)), [TensorSource.FromFloats("visual", [8], numbers)], "found visual F32 [8]"),
            (Header("", Track("visual", 1)), [TensorSource.FromFloats("visual", [4, 2], numbers, DType.F64)], "found visual F64 [4, 2]"),
            (Header("", Track("visual", 2)), [TensorSource.FromFloats("visual", [4, 2], numbers)], "3.5 s at 2 Hz are 7 steps; 'visual' has 4"),
            (Header("", Track("visual", int.MaxValue)), [TensorSource.FromFloats("visual", [4, 2], numbers)], "are 7516192765 steps; 'visual' has 4"),
            (Header("", Track("visual", 0)), [TensorSource.FromFloats("visual", [4, 2], numbers)], "expected a rate above 0"),
            (Header("", ""), [TensorSource.FromFloats("other", [4, 2], numbers)], "neither visual nor audio"),
        ];
        foreach ((string json, TensorSource[] tensors, string expected) in wrong)
        {
            SafeTensorsWriter.Write(store.PathOf("x"), json.Length == 0 ? [] : [new("evoke.features", json)], tensors);
            string message = Should.Throw<FeatureFileException>(() => store.Read("x")).Message;
            message.ShouldContain(expected);
            message.ShouldStartWith(store.PathOf("x"));
        }

        static string Header(string before, string after)
            => $"{{{before}\"video_id\":\"x\",\"source_name\":\"x.mp4\",\"source_bytes\":1,\"duration_seconds\":3.5{after}}}";

        static string Track(string name, int rate) => FormattableString.Invariant($",\"{name}\":{{\"rate\":{rate},\"encoder\":\"e\"}}");
    }

    [Fact]
    public void AStrangeFileNameIsNamed()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        File.WriteAllText(_folder.File("failures.csv"), "");
        File.WriteAllText(_folder.File(".x.safetensors.1.tmp"), "");
        store.VideoIds().ShouldBeEmpty();
        File.WriteAllText(_folder.File("a%2fb.safetensors"), "");
        Should.Throw<FeatureFileException>(() => store.VideoIds()).Message.ShouldContain("a%2fb.safetensors");
    }

    private static VideoFeatures Sample(string id) => new()
    {
        VideoId = id,
        SourceName = "Film é \"1\".mp4",
        SourceBytes = 123_456_789_012,
        DurationSeconds = 3.5,
        Visual = new FeatureSequence(Eye, new Rate(1), 6, GoldenTensor.SymmetricUnits("visual", 24)),
        Audio = new FeatureSequence(Ear, new Rate(1), 3, GoldenTensor.SymmetricUnits("audio", 12)),
    };

    private static void ShouldBeSame(VideoFeatures found, VideoFeatures expected)
    {
        (found with { Visual = null, Audio = null, Warnings = [] }).ShouldBe(expected with { Visual = null, Audio = null, Warnings = [] });
        found.Warnings.ShouldBe(expected.Warnings);
        foreach ((FeatureSequence? f, FeatureSequence? e) in new[] { (found.Visual, expected.Visual), (found.Audio, expected.Audio) })
        {
            (f?.Encoder, f?.Rate, f?.Width).ShouldBe((e?.Encoder, e?.Rate, e?.Width));
            f?.Values.ShouldBe(e!.Values);
        }
    }
}
