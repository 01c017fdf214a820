using System.Collections.Immutable;
using System.Text;
using Evoke.Cluster.Slurm;
using Evoke.Curves;
using Evoke.Encoders.Onnx;
using Evoke.Experiments.Paper;
using Evoke.Files;
using Evoke.Insights.Norms;
using Evoke.Insights.Predictions;
using Evoke.Training.Runs;

namespace Evoke.Fuzz.Readers;

/// <summary>JSON files, and the notes that Evoke keeps for itself.</summary>
internal static class JsonReaders
{
    private static readonly ImmutableArray<string> s_words =
    [
        "null", "true", "[]", "{}", "[", "]", "{", "}", ",", ":", "\"", "\\", "\\u0000", "\\ud800",
        "// x\n", "/*", "\uFEFF", "\0", "1e999", "NaN", "\"\"", "[[[[[[[[[",
    ];

    public static IEnumerable<FuzzedReader> All =>
    [
        Json("onnx-picture", "net.onnx.json", path => ReadOnnx(path),
            """{ "input": "x", "output": "y", "width": 224, "height": 224, "layout": "channelsFirst", "range": [0, 255], "std": [1, 1, 1] }""",
            """{ "width": 64, "height": 64, } // a comment"""),
        Json("onnx-sound", "net.onnx.json", path => ReadOnnx(path), """{ "input": "x", "logOffset": 0.001 }""",
            """{ "kind": "wave", "sampleRate": 16000, "state": { "s": "n" }, "constants": { "sr": 16000, "b": true }, "spectrogram": { "bands": 64 } }"""),
        Json("run", "run.json", path => RunSources.InCommon([Path.GetDirectoryName(path)!, Path.GetDirectoryName(path)!]),
            """
            {"evoke":"0.1.0","command":["train","--out","run"],"recipe":"paper","precision":"float32",
            "sources":{"train_labels":{"path":"t.csv","sha256":"00"},"validation_labels":{"path":"v.csv","sha256":"11"},
            "features":{"visual":{"path":"a.h5","rate":6,"encoder":{"name":"eye","weights_sha256":null,"settings":""}}}},
            "training_videos":2,"validation_videos":1,"missing_videos":["x"],"epochs":3,"finished":true,"stopped_early":false,"best_epoch":3,
            "best_scores":{"pearson":0.5}}
            """,
            """{"recipe":"paper","precision":"bfloat16","sources":{"features":{"folder":"features"}}}"""),
        Json("reproduction", "ensemble.json", path => FinalSubmission.Read(path)?.Notes().Count(),
            """{"candidates":["seed-1","seed-2"],"members":["seed-1"],"validation":0.5,"test":null,"missing_from_submission":2}"""),
        Json("prediction", "film.json", path => PredictionFile.Read(path),
            """
            {"format":"evoke.prediction","version":1,"video":{"id":"a","source":"a.mp4","duration_seconds":2},
            "model":{"name":"affect","recipe":"","sha256":"00","description":"","encoders":["eye"]},"emotions":["arousal"],
            "ranges":{"arousal":{"low":0,"high":1,"unit":""}},"warnings":[],"rate_hz":1,"steps":2,"curves":{"arousal":[0.5,null]},
            "film":{"rate_hz":1,"cuts":2,"cut_steps":[1],"loudness_db":[-20,-100]},"strongest_origin":{"from_picture":0.1,"from_sound":-0.1}}
            """),
        Json("norms", "norms.json", path => NormFile.Read(path),
            """
            {"format":"evoke.norms","version":1,"name":"trailers","evoke":"0.1.0",
            "model":{"name":"affect","sha256":"","encoders":[],"curves":[{"name":"arousal","low":0,"high":1,"unit":""}]},
            "count":2,"videos":[{"id":"a","duration_seconds":1},{"id":"b","duration_seconds":2}],
            "measures":{"mean.arousal":{"values":[0.1,0.2],"videos":[1,0]}}}
            """),
        Json("slurm-record", "written.json", path => SlurmScripts.Write(Plan(path)), """{"1-extract.sbatch":"00","2-train.sbatch":"11"}"""),
        Json("download-note", "part.json", path => new PartialFile(path[..^".json".Length]).ReadNote(),
            """{"Address":"https://example.org/w","EntityTag":"\"1\"","LastModified":null,"Bytes":1000}"""),
        new("hash-note", "note.json", folder => [HashNote(folder)], ReadHash) { IsText = true, Words = s_words, Cost = 5 },
        new("tensorboard", "events.out.tfevents.evoke", folder => [Events(folder)], path =>
        {
            _ = EventFile.Open(Path.GetDirectoryName(path)!, s_scheme, s_epochs);
            return Task.CompletedTask;
        }) { Cost = 5 },
    ];

    private static readonly EmotionScheme s_scheme = new(["joy", "fear"]);
    private static readonly ImmutableArray<EpochMetrics> s_epochs =
        [MetricsFile.Parse("1,0.001,0.5,,,,,"), MetricsFile.Parse("2,0.001,0.25,0.1,0.2,0.05,0.15,0.05")];

    private static FuzzedReader Json(string name, string file, Func<string, object?> read, params string[] seeds) => new(
        name, file, _ => seeds.Select(Encoding.UTF8.GetBytes), path =>
        {
            _ = read(path);
            return Task.CompletedTask;
        })
    {
        IsText = true,
        Words = s_words,
    };

    // The record lies in the folder of the scripts.
    private static OnnxDescription ReadOnnx(string path)
    {
        string network = path[..^".json".Length];
        OnnxMistakes mistakes = new(network);
        OnnxDescription description = OnnxSidecar.Read(network, mistakes);
        mistakes.ThrowIfAny();
        return description;
    }

    private static SlurmPlan Plan(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        string plan = Path.Combine(folder, "plan.yaml");
        if (!File.Exists(plan))
        {
            File.WriteAllText(plan, "name: x\nout: out\nvideos: .\nextract: { shards: 1 }\n");
        }

        SlurmPlan read = SlurmPlanReader.Read(plan);
        Directory.CreateDirectory(read.Scripts);
        File.Copy(path, Path.Combine(read.Scripts, "written.json"), overwrite: true);
        return read;
    }

    private static byte[] HashNote(string folder)
    {
        _ = new FileHashes(folder).Sha256Of(Hashed(folder));
        return File.ReadAllBytes(Directory.GetFiles(Path.Combine(folder, "hashes")).Single());
    }

    // The damaged note takes the place of a right one.
    private static Task ReadHash(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        FileHashes hashes = new(folder);
        string file = Hashed(folder);
        string right = hashes.Sha256Of(file);
        File.Copy(path, Directory.GetFiles(Path.Combine(folder, "hashes")).Single(), overwrite: true);
        _ = hashes.Sha256Of(file);
        return right.Length == 64 ? Task.CompletedTask : throw new InvalidOperationException(right);
    }

    private static string Hashed(string folder)
    {
        string path = Path.Combine(folder, "hashed");
        File.WriteAllText(path, "hashed");
        return path;
    }

    private static byte[] Events(string folder)
    {
        string path = EventFile.Open(folder, s_scheme, s_epochs).Path;
        return File.ReadAllBytes(path);
    }
}
