using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Training.Recipes;

namespace Evoke.Testing.Learning;

/// <summary>A small dataset whose labels are known functions of its features, with gaps, and lengths of all kinds.</summary>
public static class ToyDataset
{
    public const int VisualWidth = 6, AudioWidth = 4;

    public static EmotionScheme Scheme { get; } = new(["joy", "awe", "pain"]);

    public static EncoderIdentity VisualEncoder { get; } = new("toy-visual");

    public static EncoderIdentity AudioEncoder { get; } = new("toy-audio");

    /// <summary>A video's features at 1 Hz: slow waves and noise.</summary>
    public static VideoFeatures Features(string id)
    {
        int steps = Steps(id);
        float[] visual = new float[steps * VisualWidth], audio = new float[steps * AudioWidth];
        Fill(id + ".v", visual, VisualWidth);
        Fill(id + ".a", audio, AudioWidth);
        return new VideoFeatures
        {
            VideoId = id,
            SourceName = id + ".mp4",
            SourceBytes = 1,
            DurationSeconds = steps,
            Visual = new FeatureSequence(VisualEncoder, new Rate(1), VisualWidth, visual),
            Audio = new FeatureSequence(AudioEncoder, new Rate(1), AudioWidth, audio),
        };
    }

    /// <summary>Labels at 6 Hz: joy follows the picture, awe the sound, pain both; some seconds are gaps.</summary>
    public static LabelledVideo Labels(string id)
    {
        VideoFeatures features = Features(id);
        int rows = Steps(id) * 6;
        float[] values = new float[rows * 3];
        for (int row = 0; row < rows; row++)
        {
            int second = row / 6;
            if (GoldenTensor.Unit(id + ".gap", second / 4) < 0.1)
            {
                continue;
            }

            float seen = features.Visual!.Row(second)[0], heard = features.Audio!.Row(second)[1];
            values[row * 3] = 0.5f + (0.4f * seen);
            values[(row * 3) + 1] = 0.2f + (0.15f * heard);
            values[(row * 3) + 2] = 0.05f + (0.04f * seen * heard);
        }

        return new LabelledVideo(id, new EmotionCurves(Scheme, new TimeGrid(new Rate(6), rows), values));
    }

    public static VideoSet Set(string name, int videos, Recipe recipe, Func<string, LabelledVideo>? labels = null)
    {
        string[] ids = Ids(name, videos);
        Dictionary<string, VideoFeatures> features = ids.ToDictionary(id => id, Features);
        LabelSet set = new(name, Scheme, ids.Select(labels ?? Labels));
        return VideoSet.Join(set, new MemoryFeatureSource(name, ids, id => features[id]), recipe.Data.Modalities, recipe.Data.Rate);
    }

    public static string[] Ids(string name, int videos) => [.. Enumerable.Range(0, videos).Select(i => $"{name}{i}")];

    /// <summary>A recipe that learns this in a second or two.</summary>
    public static Recipe Recipe(params IEnumerable<string> settings) => RecipeReader.Read(
        "demo",
        [
            "head.visual_hidden=12", "head.audio_hidden=8", "train.epochs=6", "train.batch=8", "train.validate_every=2", "train.lr=1e-2", "data.clip_steps=20",
            "train.precision=float32", "head.layers=1", "head.dropout=0", "head.start_at_labels=false", "loss.pearson_weight=0", .. settings,
        ]);

    private static int Steps(string id) => 12 + (int)(GoldenTensor.Unit(id + ".length", 0) * 60);

    private static void Fill(string name, float[] values, int width)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int step = i / width, column = i % width;
            double phase = 6.28 * GoldenTensor.Unit(name, column), period = 5 + (15 * GoldenTensor.Unit(name, 100 + column));
            values[i] = (float)((0.8 * Math.Sin((6.28 * step / period) + phase)) + (0.2 * ((2 * GoldenTensor.Unit(name, 1000 + i)) - 1)));
        }
    }
}
