using System.Diagnostics;
using System.Globalization;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Heads.Inputs;
using Evoke.Kernels.Torch;
using Evoke.Tensors;
using Evoke.Testing;
using Evoke.Training.Clips;
using Evoke.Training.Recipes;
using Evoke.Training.Sampling;

namespace Evoke.Bench;

/// <summary>Whether the network waits for its clips: an epoch of the paper's recipe over as many features on disk as EEV's.</summary>
internal sealed class LoaderBenchmark : IBenchmark
{
    private static readonly Rate FeatureRate = new(6);
    private const int MeanSeconds = 258;
    private const int StepsWithoutLoader = 5;

    private static readonly EncoderIdentity s_visual = new("bench-visual"), s_audio = new("bench-audio");

    public string Name => "loader";

    public string Summary => "the loader's share of a training epoch over features on disk; arguments: videos (3000: 15 GB), folder to keep them";

    public void Run(IReadOnlyList<string> arguments)
    {
        TorchRuntime.Start();
        int videos = arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 3000;
        using TemporaryFolder temporary = new();
        FeatureStore store = FeatureStore.OpenOrCreate(arguments.Count > 1 ? arguments[1] : temporary.Path);
        int[] seconds = DrawDurations(videos);
        Make(store, seconds);
        Recipe recipe = RecipeReader.Read("paper");
        VideoSet set = VideoSet.Join(Labels(seconds), new StoreFeatureSource(store), ModalityChoice.Both, recipe.Data.Rate);
        IReadOnlyList<int[]> batches = EpochOrder.Batches(recipe.Train.Seed, epoch: 0, videos, recipe.Train.Batch, recipe.Train.DropLast);

        DropFromCache(store);
        (TimeSpan cold, _) = TimeOf(Loader(set, recipe), batches, _ => { });
        (TimeSpan warm, _) = TimeOf(Loader(set, recipe), batches, _ => { });
        DropFromCache(store);
        TimeSpan coldHashes = TimeOf(() => SetFingerprint.Of(set)), warmHashes = TimeOf(() => SetFingerprint.Of(set));
        DropFromCache(store);
        ClipLoader loader = Loader(set, recipe);
        Precision precision = PrecisionNames.FastestOn(ComputeDevice.Cpu);
        using PaperHead head = new(recipe, precision);
        head.Step(Filled(loader, batches[0]));
        (TimeSpan epoch, TimeSpan longest) = TimeOf(loader, batches, head.Step);
        ClipBatch held = Filled(loader, batches[0]);
        Measurement step = Measurement.Of(() => head.Step(held), StepsWithoutLoader);

        double gigabytes = Directory.EnumerateFiles(store.Folder).Sum(path => new FileInfo(path).Length) / 1e9;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{videos} videos, {seconds.Sum() / 3600.0:0} h, {gigabytes:0.0} GB of float16 features {PaperHead.VisualWidth} + {PaperHead.AudioWidth} at "
            + $"{FeatureRate} Hz; recipe paper, {PrecisionNames.NameOf(precision)}, {batches.Count} steps of {recipe.Train.Batch} clips"));
        Table.Print(
            ["", "time", "share of the epoch"],
            ["an epoch, files not in the page cache before", Table.Seconds(epoch), ""],
            ["time the network waits for clips (aim: under 5 %)", Table.Seconds(loader.Waited), Percent(loader.Waited / epoch)],
            ["of that, before the first step", Table.Seconds(longest), Percent(longest / epoch)],
            ["the same number of steps on clips already in memory", Table.Seconds(step.Median * batches.Count), Percent(step.Median * batches.Count / epoch)],
            ["all clips of the epoch without a network, files not in the page cache before", Table.Seconds(cold), ""],
            ["the same again, files in the page cache", Table.Seconds(warm), ""],
            ["once per run: hashes of all labels and features, files not in the page cache before", Table.Seconds(coldHashes), ""],
            ["the same again, files in the page cache", Table.Seconds(warmHashes), ""]);
    }

    private static (TimeSpan All, TimeSpan First) TimeOf(ClipLoader loader, IReadOnlyList<int[]> batches, Action<ClipBatch> use)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan? first = null;
        foreach (ClipBatch batch in loader.Load(epoch: 0, batches, CancellationToken.None))
        {
            first ??= loader.Waited;
            use(batch);
        }

        return (Stopwatch.GetElapsedTime(start), first!.Value);
    }

    private static TimeSpan TimeOf(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    private static ClipBatch Filled(ClipLoader loader, int[] videos)
    {
        ClipBatch batch = new();
        loader.Fill(batch, epoch: 1, videos);
        return batch;
    }

    private static ClipLoader Loader(VideoSet set, Recipe recipe)
    {
        static ModalityInput Input(int width) => new(width, FeatureNormalisation.None, statistics: null, position: null);
        return new ClipLoader(
            set, new ClipPlan(recipe.Data, recipe.Train.Seed), new StepGather(Input(PaperHead.VisualWidth), Input(PaperHead.AudioWidth), recipe.Data.Rate),
            recipe.Data);
    }

    // Few videos are very long: from half to, rarely, three times the mean.
    private static int[] DrawDurations(int videos)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, videos).Select(_ => (int)(MeanSeconds * (0.5 + Math.Min(2.5, -0.5 * Math.Log(1 - random.NextDouble())))))];
    }

    private static string IdOf(int video) => string.Create(CultureInfo.InvariantCulture, $"video{video:0000}");

    private static LabelSet Labels(int[] seconds)
    {
        Random random = new(1);
        EmotionScheme scheme = EmotionScheme.Eev;
        return new LabelSet("labels", scheme, seconds.Select((duration, i) =>
        {
            float[] values = new float[duration * (int)EevCsv.DefaultRate.Hertz * scheme.Count];
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = random.NextSingle();
            }

            return new LabelledVideo(IdOf(i), new EmotionCurves(scheme, TimeGrid.ForDuration(duration, EevCsv.DefaultRate), values));
        }));
    }

    private static void Make(FeatureStore store, int[] seconds)
    {
        int[] missing = [.. Enumerable.Range(0, seconds.Length).Where(video => !store.Contains(IdOf(video)))];
        if (missing.Length == 0)
        {
            return;
        }

        Console.Error.WriteLine($"  writing the features of {missing.Length} videos …");
        Random random = new(1);
        float[] noise = new float[seconds.Max() * (int)FeatureRate.Hertz * PaperHead.VisualWidth];
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = random.NextSingle();
        }

        foreach (int video in missing)
        {
            int steps = TimeGrid.ForDuration(seconds[video], FeatureRate).Count;
            store.Write(
                new VideoFeatures
                {
                    VideoId = IdOf(video),
                    SourceName = IdOf(video) + ".mp4",
                    SourceBytes = 1,
                    DurationSeconds = seconds[video],
                    Visual = new FeatureSequence(s_visual, FeatureRate, PaperHead.VisualWidth, noise[..(steps * PaperHead.VisualWidth)]),
                    Audio = new FeatureSequence(s_audio, FeatureRate, PaperHead.AudioWidth, noise[..(steps * PaperHead.AudioWidth)]),
                },
                DType.F16);
        }
    }

    private static void DropFromCache(FeatureStore store)
    {
        foreach (string path in Directory.EnumerateFiles(store.Folder))
        {
            FileCache.Drop(path);
        }
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
