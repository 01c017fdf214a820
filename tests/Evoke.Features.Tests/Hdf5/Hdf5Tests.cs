using CsCheck;
using Evoke.Curves;
using Evoke.Features.Hdf5;
using Evoke.Features.Import;
using Evoke.Features.Store;
using Evoke.Testing;

namespace Evoke.Features.Tests.Hdf5;

public sealed class Hdf5Tests : IDisposable
{
    private static readonly EncoderIdentity Eye = new("inception-v3", new string('b', 64));
    private static readonly EncoderIdentity Ear = new("vggish", new string('c', 64));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FilesOfH5pyAreReadWhateverTheirFloatsAndChunks()
    {
        using Hdf5FeatureReader reader = Hdf5FeatureReader.Open(GoldenFile.PathOf("features_by_h5py.h5"));
        reader.VideoIds.ShouldBe(["-a0_Bcdefgh", "double", "gzip", "half"]);
        foreach ((string id, int number, int rows) in new[] { ("-a0_Bcdefgh", 0, 13), ("gzip", 1, 13), ("double", 2, 12), ("half", 3, 7) })
        {
            (float[] values, int steps, int width) = reader.Read(id);
            (steps, width).ShouldBe((rows, 3));
            IEnumerable<float> expected = Enumerable.Range(0, rows * 3).Select(i => (i / 3) + (i % 3 / 8f) + (100 * number));
            values.ShouldBe(id == "half" ? expected.Select(value => (float)(Half)value) : expected, id);
        }
    }

    [Fact]
    public void ImportPicksTheSixHertzRowsAtWholeSeconds()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        FeatureImportReport report = Import(
            new FeatureImportOptions { Visual = new Hdf5Source(GoldenFile.PathOf("features_by_h5py.h5"), new Rate(6), Eye) }, store);
        report.Imported.ShouldBe(4);
        report.Failed.ShouldBeEmpty();

        VideoFeatures features = store.Read("-a0_Bcdefgh"); // 13 rows at 6 Hz: the third second has begun
        features.Visual!.Steps.ShouldBe(3);
        features.Visual.Encoder.ShouldBe(Eye);
        features.Visual.Rate.Hertz.ShouldBe(1);
        features.DurationSeconds.ShouldBe(13 / 6.0, 1e-9);
        features.Audio.ShouldBeNull();
        Enumerable.Range(0, 3).Select(step => features.Visual.Row(step)[0]).ShouldBe([0f, 6, 12]);
        store.Read("double").Visual!.Steps.ShouldBe(2);
    }

    [Fact]
    public void ImportPicksSoundByTimeAndNotByIndex()
    {
        // Two minutes: by index the sound would lag by 5 s at the end.
        string picture = Write("picture.h5", ("v", 720, 1));
        string sound = Write("sound.h5", ("v", 125, 1));
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.File("store"));
        Import(new FeatureImportOptions { Visual = new Hdf5Source(picture, new Rate(6), Eye), Audio = new Hdf5Source(sound, new Rate(1 / 0.96), Ear) }, store);

        VideoFeatures features = store.Read("v");
        features.Audio!.Steps.ShouldBe(120);
        for (int step = 0; step < 120; step++)
        {
            features.Visual!.Row(step)[0].ShouldBe(6 * step);
            float row = features.Audio.Row(step)[0];
            (Math.Abs((row * 0.96) - step) <= 0.48 + 1e-6).ShouldBeTrue($"second {step} has the row of {row * 0.96} s");
        }

        features.Audio.Row(119)[0].ShouldBe(124);
        features.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void AVideoOfOneFileLacksTheOtherModality()
    {
        string picture = Write("picture.h5", ("both", 12, 2), ("seen", 18, 2));
        string sound = Write("sound.h5", ("both", 2, 3), ("heard", 5, 3));
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.File("store"));
        Recorder progress = new();
        Import(
            new FeatureImportOptions { Visual = new Hdf5Source(picture, new Rate(6), Eye), Audio = new Hdf5Source(sound, new Rate(1), Ear) }, store, progress);

        VideoFeatures seen = store.Read("seen");
        (seen.PictureMissing, seen.SoundMissing, seen.Audio!.Steps, seen.Audio.Width).ShouldBe((false, true, 3, 3));
        seen.Audio.Values.ShouldAllBe(value => value == 0);
        VideoFeatures heard = store.Read("heard");
        (heard.PictureMissing, heard.SoundMissing, heard.Visual!.Steps, heard.Visual.Width).ShouldBe((true, false, 5, 2));
        VideoFeatures both = store.Read("both");
        (both.PictureMissing, both.SoundMissing).ShouldBe((false, false));
        progress.Reports.Select(report => (report.VideoId, report.Position, report.Count)).ShouldBe([("both", 1, 3), ("heard", 2, 3), ("seen", 3, 3)]);
    }

    [Fact]
    public void SoundThatEndsFarTooEarlyIsTold()
    {
        string picture = Write("picture.h5", ("v", 60, 1));
        string sound = Write("sound.h5", ("v", 5, 1));
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.File("store"));
        Import(new FeatureImportOptions { Visual = new Hdf5Source(picture, new Rate(6), Eye), Audio = new Hdf5Source(sound, new Rate(1), Ear) }, store);
        store.Read("v").Warnings.ShouldHaveSingleItem().ShouldContain("end at 5 s of 10 s");
    }

    [Fact]
    public void WhatIsWrongWithOneVideoIsToldAndPassedBy()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.File("store"));
        FeatureImportReport report = Import(
            new FeatureImportOptions { Visual = new Hdf5Source(GoldenFile.PathOf("features_not_rows.h5"), new Rate(1), Eye) }, store);
        report.Imported.ShouldBe(1);
        store.VideoIds().ShouldBe(["a"]);
        Dictionary<string, string> errors = report.Failed.ToDictionary(failure => failure.VideoId, failure => failure.Error.Message);
        errors["flat"].ShouldContain("expected [T, D] for 'flat', found [5]");
        errors["empty"].ShouldContain("found [0, 3]");
        errors["ints"].ShouldContain("FixedPoint of 4 bytes");
        errors["nan"].ShouldContain("in row 1, column 2");
        errors["wide"].ShouldContain("'wide' has rows of 4 numbers; those of 'a' have 3");
    }

    [Fact]
    public void FilesThatAreNoFeaturesAreNamed()
    {
        Should.Throw<Hdf5FeatureException>(() => Hdf5FeatureReader.Open(GoldenFile.PathOf("features_in_group.h5")))
            .Message.ShouldContain("'g' is something else");
        Should.Throw<Hdf5FeatureException>(() => Hdf5FeatureReader.Open(_folder.File("none.h5"))).Message.ShouldContain("none.h5");
        File.WriteAllText(_folder.File("text.h5"), "no HDF5 at all, but long enough to have a signature somewhere");
        Should.Throw<Hdf5FeatureException>(() => Hdf5FeatureReader.Open(_folder.File("text.h5"))).Message.ShouldContain("cannot be read as HDF5");
        byte[] whole = File.ReadAllBytes(GoldenFile.PathOf("features_by_h5py.h5"));
        File.WriteAllBytes(_folder.File("cut.h5"), whole[..600]);
        Should.Throw<Hdf5FeatureException>(() => Hdf5FeatureReader.Open(_folder.File("cut.h5")).Dispose());
    }

    [Fact]
    public void WhatIsExportedIsImportedAgain()
        => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 40], Gen.Int[1, 5]).Sample((videos, steps, width) =>
        {
            using TemporaryFolder folder = new();
            FeatureStore store = FeatureStore.OpenOrCreate(folder.File("one"));
            for (int i = 0; i < videos; i++)
            {
                string id = FormattableString.Invariant($"-video {i}");
                store.Write(new VideoFeatures
                {
                    VideoId = id,
                    SourceName = "x.mp4",
                    SourceBytes = 1,
                    DurationSeconds = steps + i,
                    Visual = new FeatureSequence(Eye, new Rate(1), width, GoldenTensor.SymmetricUnits(id, (steps + i) * width)),
                });
            }

            string path = folder.File("features.h5");
            Export(store, FeatureModality.Visual, path).ShouldBe(videos);
            FeatureStore back = FeatureStore.OpenOrCreate(folder.File("two"));
            Import(new FeatureImportOptions { Visual = new Hdf5Source(path, new Rate(1), Eye) }, back);
            back.VideoIds().ShouldBe(store.VideoIds());
            foreach (string id in back.VideoIds())
            {
                back.Read(id).Visual!.Values.ShouldBe(store.Read(id).Visual!.Values);
            }
        }, iter: 10, threads: 1);

    [Fact]
    public void WhatCannotBeExportedIsNamedAndLeavesNothing()
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.File("store"));
        string path = _folder.File("out.h5");
        Should.Throw<Hdf5FeatureException>(() => Export(store, FeatureModality.Audio, path)).Message.ShouldContain("no audio features");
        WriteTo(store, "a/b", Eye);
        Should.Throw<Hdf5FeatureException>(() => Export(store, FeatureModality.Visual, path)).Message.ShouldContain("'a/b' is not a valid name");
        File.Delete(store.PathOf("a/b"));
        WriteTo(store, "one", Eye);
        WriteTo(store, "two", Ear);
        Should.Throw<Hdf5FeatureException>(() => Export(store, FeatureModality.Visual, path)).Message.ShouldContain("features of different kinds");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    private static FeatureImportReport Import(FeatureImportOptions options, FeatureStore store, IProgress<FeatureProgress>? progress = null)
        => FeatureImport.Run(options, store, progress, TestContext.Current.CancellationToken);

    private static int Export(FeatureStore store, FeatureModality modality, string path)
        => Hdf5Export.Run(store, modality, path, null, TestContext.Current.CancellationToken);

    private static void WriteTo(FeatureStore store, string id, EncoderIdentity encoder) => store.Write(new VideoFeatures
    {
        VideoId = id,
        SourceName = "x.mp4",
        SourceBytes = 1,
        DurationSeconds = 2,
        Visual = new FeatureSequence(encoder, new Rate(1), 3, new float[6]),
    });

    // Row n holds n in every column.
    private string Write(string name, params (string Id, int Rows, int Width)[] videos)
    {
        PureHDF.H5File file = [];
        foreach ((string id, int rows, int width) in videos)
        {
            float[,] values = new float[rows, width];
            for (int i = 0; i < values.Length; i++)
            {
                values[i / width, i % width] = i / width;
            }

            file[id] = values;
        }

        file.Write(_folder.File(name));
        return _folder.File(name);
    }

    private sealed class Recorder : IProgress<FeatureProgress>
    {
        public List<FeatureProgress> Reports { get; } = [];

        public void Report(FeatureProgress value) => Reports.Add(value);
    }
}
