using System.Diagnostics;
using System.Globalization;
using CliWrap;
using Evoke.Curves;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Kernels.Torch;
using Evoke.Media.Reading;

namespace Evoke.Bench;

/// <summary>A film of four minutes from its file to its features, with the paper's encoders: speed, memory, and where the time goes.</summary>
internal sealed class FilmBenchmark : IBenchmark
{
    private const int Seconds = 240;
    private static readonly Rate Rate = new(1);

    public string Name => "film";

    public string Summary =>
        "evoke extract with Swin-L and VGGish on 4 minutes of 720p: speed relative to real time (aim: 6x), peak memory (aim: 3 GiB), and each part alone "
        + "[PRECISION]";

    public void Run(IReadOnlyList<string> arguments)
    {
        string precision = arguments.Count > 0 ? arguments[0] : "fastest";
        string film = ExtractBenchmark.MakeFilm(Seconds);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("evoke-bench-film-");
        try
        {
            RunAsync(film, precision, folder.FullName).GetAwaiter().GetResult();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(string film, string precision, string folder)
    {
        string swin = Path.Combine(folder, "swin-l.safetensors"), vggish = Path.Combine(folder, "vggish.safetensors");
        GeneratedWeights.SwinLarge().Save(swin);
        GeneratedWeights.Vggish().Save(vggish);
        (TimeSpan whole, PeakMemory memory) = await ExtractAsync(film, precision, swin, vggish, folder);
        VideoFeatures features = FeatureStore.Open(Path.Combine(folder, "features")).Read(Path.GetFileNameWithoutExtension(film));
        double seconds = features.DurationSeconds;
        List<(string What, TimeSpan Time)> parts = [
            ("ffmpeg, decoding alone", ExtractBenchmark.DecodingAlone(film, rounds: 1).Best),
            .. await PartsAsync(film, PrecisionNames.Parse(precision, ComputeDevice.Cpu), swin, vggish, folder, features)];
        Table.Print(
            [
                [string.Create(CultureInfo.InvariantCulture, $"film of {seconds:0} s, {precision}"), "time", "x real time"],
                ["evoke extract, from start to end", Table.Seconds(whole), Table.Times(seconds / whole.TotalSeconds)],
                .. parts.Select(part => new[] { $"alone: {part.What}", Table.Seconds(part.Time), Table.Times(seconds / part.Time.TotalSeconds) }),
            ]);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"peak memory: {GiB(memory.OwnBytes):0.00} GiB, and {GiB(memory.ChildrenBytes):0.00} GiB in the ffmpeg processes"));
    }

    private static double GiB(long bytes) => bytes / (double)(1 << 30);

    private static async Task<(TimeSpan Time, PeakMemory Memory)> ExtractAsync(string film, string precision, string swin, string vggish, string folder)
    {
        Command command = Cli.Wrap("dotnet")
            .WithArguments(
            [
                EvokeProgram.Path, "extract", film, "--visual", "swin-l", "--visual-weights", swin, "--audio", "vggish", "--audio-weights", vggish,
                "--precision", precision, "--out", Path.Combine(folder, "features"),
            ])
            .WithEnvironmentVariables(variables => variables.Set("EVOKE_HOME", folder));
        CommandTask<CommandResult> run = command.ExecuteAsync();
        PeakMemory memory = new(run.ProcessId);
        await memory.WatchAsync(run.Task);
        return ((await run).RunTime, memory);
    }

    /// <summary>The parts of the extraction, which run at the same time there, one after the other.</summary>
    private static async Task<List<(string What, TimeSpan Time)>> PartsAsync(
        string film, Precision precision, string swin, string vggish, string folder, VideoFeatures features)
    {
        List<(string What, TimeSpan Time)> parts = [];
        long start = Stopwatch.GetTimestamp();
        void Add(string what)
        {
            parts.Add((what, Stopwatch.GetElapsedTime(start)));
            start = Stopwatch.GetTimestamp();
        }

        using IVisualEncoder visual = EncoderCatalog.CreateDefault().Visual.Create(
            "swin-l", new EncoderOptions { WeightsFile = swin, CacheFolder = folder, Precision = precision });
        using IAudioEncoder audio = EncoderCatalog.CreateDefault().Audio.Create("vggish", new EncoderOptions { WeightsFile = vggish, CacheFolder = folder });
        Add("loading both networks");
        (List<FrameChunk> frames, List<WaveformChunk> sound) = await DecodeAsync(film, visual.FramesFor(Rate), audio.SampleRate);
        Add("decoding, picking and resizing frames, resampling sound");
        using (IVisualEncodingSession session = visual.Start(Rate))
        {
            frames.ForEach(session.Push);
            session.Complete(features.Visual!.Steps);
        }

        Add("picture through Swin-L");
        using (IAudioEncodingSession session = audio.Start(Rate))
        {
            sound.ForEach(chunk => session.Push(chunk.Samples.Span));
            session.Complete(features.Audio!.Steps);
        }

        Add("sound through VGGish");
        FeatureStore.OpenOrCreate(Path.Combine(folder, "again")).Write(features);
        Add("writing the features");
        return parts;
    }

    private static async Task<(List<FrameChunk> Frames, List<WaveformChunk> Sound)> DecodeAsync(string film, FrameSpec spec, int sampleRate)
    {
        List<FrameChunk> frames = [];
        List<WaveformChunk> sound = [];
        await using MediaReader reader = await MediaReader.OpenAsync(film, new MediaReadOptions { Frames = spec, Waveform = true, SampleRate = sampleRate });
        await foreach (MediaChunk chunk in reader.ReadAsync())
        {
            // Chunks are valid until the next one is requested.
            switch (chunk)
            {
                case FrameChunk frame:
                    frames.Add(frame with { Rgb = frame.Rgb.ToArray() });
                    break;
                case WaveformChunk wave:
                    sound.Add(wave with { Samples = wave.Samples.ToArray() });
                    break;
            }
        }

        return (frames, sound);
    }
}
