using System.Text.Json;
using Evoke.Curves;
using Evoke.Features;
using Evoke.Features.Foreign;
using Evoke.Features.Hdf5;
using Evoke.Features.Import;
using Evoke.Features.Store;
using Evoke.Fuzz.Repairs;
using Evoke.Heads.Inputs;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Heads.Networks;
using Evoke.Tensors;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;
using Evoke.Training.Epochs;

namespace Evoke.Fuzz.Readers;

/// <summary>Files of features, models and checkpoints.</summary>
internal static class FeatureReaders
{
    private static readonly EncoderIdentity s_eye = new("eye", new string('a', 64));
    private static readonly EncoderIdentity s_ear = new("ear", Settings: "v1");

    public static IEnumerable<FuzzedReader> All =>
    [
        new("features", "film.safetensors", FeatureFiles, ReadFeatures)
        {
            Words =
            [
                "\\\"rate\\\":", "\\\"duration_seconds\\\":1e300", "\\\"visual\\\":null", "\\\"warnings\\\":[null]", "\\\"audio_track\\\":-1",
                "\\\"version\\\":1", "F16",
                "[1,1]", "null",
            ],
            Repair = SafeTensorsRepair.Repair,
        },
        new("hdf5", "features.h5", Hdf5Files, ReadHdf5)
        {
            Words = ["OHDR", "OCHK", "SNOD", "TREE", "HEAP", "FRHP", "FADB", "BTHD", "\u0089HDF\r\n\u001a\n"],
            Repair = Hdf5Repair.Repair,
        },
        new("feature-arrays", "film.npz", FeatureArrays, ReadFeatureArrays)
        {
            Words = ["'descr': '<f8'", "'fortran_order': True", "'shape': (3, 2), ", "(0, 2)", "(3,)", "timestamps_ms", "timestamps", "fps", "features"],
            Repair = ZipRepair.Repair,
        },
        new("model", "model.safetensors", ModelFiles, ReadModel)
        {
            Words =
            [
                "\\\"rate\\\":", "\\\"clipSteps\\\":", "\\\"kind\\\":\\\"tcn\\\"", "\\\"emotions\\\":[]", "\\\"visualEncoder\\\":null",
                "\\\"position\\\":{\\\"unitSeconds\\\":1e-320}",
                "members.0.", "\\\"normalisation\\\":1", "ensemble", "[0,0]", "null",
            ],
            Repair = SafeTensorsRepair.Repair,
        },
        new("checkpoint", "checkpoint.safetensors", Checkpoints, ReadCheckpoint)
        {
            Words =
            [
                "\\\"epoch\\\":", "\\\"best_scores\\\":{}", "\\\"metrics\\\":[\\\"1\\\"]", "\\\"best_videos\\\":null", "\\\"origin\\\":null", "null",
                "statistics.audio.mean",
            ],
            Repair = SafeTensorsRepair.Repair,
        },
    ];

    private static VideoFeatures Film(string id, double seconds) => new()
    {
        VideoId = id,
        SourceName = $"{id}.mp4",
        SourceBytes = 1000,
        DurationSeconds = seconds,
        Visual = Sequence(s_eye, 3, seconds),
        Audio = Sequence(s_ear, 2, seconds),
        Warnings = ["one"],
    };

    private static FeatureSequence Sequence(EncoderIdentity encoder, int width, double seconds) =>
        new(encoder, new Rate(1), width, [.. Enumerable.Range(0, width * (int)Math.Ceiling(seconds)).Select(i => i / 8f)]);

    private static IEnumerable<byte[]> FeatureFiles(string folder)
    {
        var store = FeatureStore.OpenOrCreate(folder);
        store.Write(Film("film", 2.5));
        yield return File.ReadAllBytes(store.PathOf("film"));
        store.Write(Film("film", 1) with { Audio = null }, DType.F16);
        yield return File.ReadAllBytes(store.PathOf("film"));
    }

    private static Task ReadFeatures(string path)
    {
        using FeatureFile file = FeatureFile.Open(path);
        VideoFeatures features = file.Read();
        foreach (FeatureSequence sequence in new[] { features.Visual, features.Audio }.OfType<FeatureSequence>())
        {
            _ = sequence.Grid;
            _ = sequence.Row(sequence.Steps - 1);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<byte[]> Hdf5Files(string folder)
    {
        var store = FeatureStore.OpenOrCreate(Path.Combine(folder, "store"));
        store.Write(Film("a", 3));
        store.Write(Film("b", 2));
        string path = Path.Combine(folder, "features.h5");
        Hdf5Export.Run(store, FeatureModality.Visual, path);
        yield return File.ReadAllBytes(path);
        yield return Hdf5Samples.Chunked(path);
        yield return Hdf5Samples.Summed(path);
    }

    private static Task ReadHdf5(string path)
    {
        using Hdf5Features features = Hdf5Features.Open(new FeatureImportOptions { Visual = new Hdf5Source(path, new Rate(1), s_eye) });
        foreach (string id in features.VideoIds)
        {
            _ = features.Read(id);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<byte[]> FeatureArrays(string folder)
    {
        string path = Path.Combine(folder, "seed.npz");
        NumpyFile.WriteArchive(path, ("features", [3, 2], [1, 2, 3, 4, 5, 6]), ("timestamps_ms", [3], [0, 500, 1000]), ("fps", [], [25]));
        yield return File.ReadAllBytes(path);
        File.Delete(path);
        NumpyFile.WriteArchive(path, ("a", [2, 1], [1, 2]), ("a_timestamps", [2], [0, 1]), ("b_c", [1, 1], [3]));
        yield return File.ReadAllBytes(path);
    }

    private static Task ReadFeatureArrays(string path)
    {
        _ = ForeignSource.Describe(path, null, null);
        return Task.CompletedTask;
    }

    private static IEnumerable<byte[]> ModelFiles(string folder)
    {
        string path = Path.Combine(folder, "model.safetensors");
        foreach (HeadConfig head in new HeadConfig[]
        {
            new GruHeadConfig { VisualWidth = 3, AudioWidth = 2, Emotions = 2, VisualHidden = 2, AudioHidden = 1, Layers = 1 },
            new TcnHeadConfig { VisualWidth = 3, AudioWidth = 0, Emotions = 2, Stacks = 1, Levels = 1, Channels = 2, RegressionHidden = 2 },
        })
        {
            ModelFile.Write(path, Content(head));
            yield return File.ReadAllBytes(path);
        }

        using ModelFile member = ModelFile.Open(path);
        ModelFile.WriteEnsemble(Path.Combine(folder, "ensemble.safetensors"), [member, member], [0.5f, 0.25f, 0.5f, 0.75f]);
        yield return File.ReadAllBytes(Path.Combine(folder, "ensemble.safetensors"));
    }

    private static ModelContent Content(HeadConfig head)
    {
        ModelDescription description = new()
        {
            Emotions = ["joy", "fear"],
            RateHertz = 1,
            VisualEncoder = s_eye,
            AudioEncoder = head.AudioWidth == 0 ? null : s_ear,
            Normalisation = FeatureNormalisation.Standardise,
            Head = head,
            Recipe = "name: small\n",
        };
        return new ModelContent
        {
            Description = description,
            Weights = [.. head.Parameters.Select(spec => new NamedWeights(spec, new float[spec.Count]))],
            VisualStatistics = Statistics(3),
            AudioStatistics = head.AudioWidth == 0 ? null : Statistics(2),
        };
    }

    private static FeatureStatistics Statistics(int width) => new(new float[width], [.. Enumerable.Repeat(1f, width)]);

    private static Task ReadModel(string path)
    {
        using ModelFile file = ModelFile.Open(path);
        _ = ModelCard.Of("model", file);
        _ = file.ReadEmotionWeights();
        for (int member = 0; member < file.Members.Count; member++)
        {
            _ = file.Members[member].RecipeName;
            _ = file.VisualInput(member);
            _ = file.AudioInput(member);
            using ReactionHead head = file.CreateHead(member);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<byte[]> Checkpoints(string folder)
    {
        const string set = """{"emotions":"joy,fear","visual":"eye","audio":"ear","videos":[{"id":"a","labels":"00","features":"11"}]}""";
        string state = $$"""
            {"origin":{"recipe":"name: x\n","precision":"float32","training":{{set}},"validation":{{set}}},
            "epoch":2,"optimizer_steps":8,"averaged":0,"best_epoch":2,
            "best_scores":{"ccc":0.25,"pearson":0.5,"pearson_detected_only":0.5},"best_videos":[{"id":"a","pearson":0.5}],
            "last_pearson":0.5,"since_best":0,"stopped_early":false,
            "metrics":["1,0.001,0.5,,,,,","2,0.001,0.25,0.1,0.2,0.05,0.15,0.05"]}
            """;
        string path = Path.Combine(folder, "checkpoint.safetensors");
        SafeTensorsWriter.Write(
            path,
            [new("evoke.run", state)],
            [
                TensorSource.FromFloats("weight.a", [2, 2], new float[4]), TensorSource.FromFloats("optimizer.a", [2, 2], new float[4]),
                TensorSource.FromFloats(RunCheckpoint.MeanOf("visual"), [3], new float[3]),
                TensorSource.FromFloats(RunCheckpoint.StandardDeviationOf("visual"), [3], new float[] { 1, 2, 3 }),
            ]);
        yield return File.ReadAllBytes(path);
        using JsonDocument whole = JsonDocument.Parse(state); // It is JSON, so that the damage is ours.
    }

    private static Task ReadCheckpoint(string path)
    {
        using OpenRunCheckpoint checkpoint = RunCheckpoint.Open(path);
        _ = checkpoint.State.Epochs;
        _ = checkpoint.State.BestPearson;
        _ = checkpoint.ReadStatistics();
        return Task.CompletedTask;
    }
}
