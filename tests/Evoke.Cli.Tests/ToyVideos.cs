using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Testing;

namespace Evoke.Cli.Tests;

/// <summary>Features and labels of small videos without video files: joy follows the picture, awe the sound.</summary>
internal static class ToyVideos
{
    private const int Seconds = 20, VisualWidth = 3, AudioWidth = 2, Rows = 120;

    private static readonly EmotionScheme Scheme = new(["joy", "awe"]);

    /// <summary>Writes NAME.csv and adds to features/.</summary>
    public static void Write(TemporaryFolder folder, string name, int videos, bool spoilt = false)
    {
        FeatureStore store = FeatureStore.OpenOrCreate(folder.File("features"));
        List<LabelledVideo> labels = [];
        for (int i = 0; i < videos; i++)
        {
            string id = $"{name}{i}";
            float[] visual = GoldenTensor.Units(id, Seconds * VisualWidth), audio = GoldenTensor.Units(id + "a", Seconds * AudioWidth);
            float[] values = [.. Enumerable.Range(0, Rows * 2).Select(n => n % 2 == 0 ? visual[n / 12 * VisualWidth] : audio[n / 12 * AudioWidth])];
            labels.Add(new LabelledVideo(id, new EmotionCurves(Scheme, new TimeGrid(new Rate(6), Rows), values)));
            if (spoilt)
            {
                visual.AsSpan().Fill(float.NaN);
            }

            store.Write(new VideoFeatures
            {
                VideoId = id,
                SourceName = id,
                SourceBytes = 1,
                DurationSeconds = Seconds,
                Visual = new FeatureSequence(new EncoderIdentity("toy-visual"), new Rate(1), VisualWidth, visual),
                Audio = new FeatureSequence(new EncoderIdentity("toy-audio"), new Rate(1), AudioWidth, audio),
            });
        }

        EevCsv.Write(Scheme, labels, folder.File($"{name}.csv"));
    }
}
