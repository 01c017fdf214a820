using System.Collections.Immutable;
using System.Text.Json;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Randomness;
using Evoke.Files;
using Evoke.Media;
using Evoke.Media.Synthesis;

namespace Evoke.Datasets.Demo;

/// <summary>
/// A synthetic dataset: encoded films with sound, and labels in EEV's format that are known functions of picture and sound.
/// </summary>
/// <remarks>
/// On disk: <c>videos/ID.mp4</c>, <c>train.csv</c>, <c>val.csv</c>, <c>test.csv</c> (ids and timestamps only, as EEV's) and
/// <c>test_labels.csv</c>. A feeling is a product of a few stimuli (light, motion, cuts, loudness, pitch …) that rises fast and fades slowly, in EEV's uneven
/// ranges, with noise at 1 Hz and gaps of zeros where no face is seen (PAPER, "EEV dataset files").
/// Immutable and thread-safe, but let only one thread at a time write to a folder.
/// </remarks>
public sealed class DemoDataset
{
    private const int IdLength = 11;
    private const string IdCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const int SoundRate = 16_000;
    private const int FilmsAtOnce = 2;
    private const double HeldOutShare = 0.2;
    private const string DescriptionName = "demo.json";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private DemoDataset(DemoDatasetOptions options, ImmutableArray<DemoDatasetFilm> films) => (Options, Films) = (options, films);

    /// <summary>The options that it was generated from.</summary>
    public DemoDatasetOptions Options { get; }

    /// <summary>The films: first those for training, then validation, then test.</summary>
    public ImmutableArray<DemoDatasetFilm> Films { get; }

    /// <summary>Draws scenes and labels; nothing is written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are too few films, or they are too short.</exception>
    public static DemoDataset Draw(DemoDatasetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfOutOfRange();
        int heldOut = Math.Max(1, (int)Math.Round(options.Videos * HeldOutShare));
        ImmutableArray<DemoDatasetFilm>.Builder films = ImmutableArray.CreateBuilder<DemoDatasetFilm>(options.Videos);
        for (int i = 0; i < options.Videos; i++)
        {
            DatasetSplit split = i >= options.Videos - heldOut ? DatasetSplit.Test
                : i >= options.Videos - (2 * heldOut) ? DatasetSplit.Validation
                : DatasetSplit.Train;
            films.Add(DrawFilm(options, split, i));
        }

        return new DemoDataset(options, films.DrainToImmutable());
    }

    /// <summary>True if a folder holds a demo dataset, or part of one.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, DescriptionName));

    /// <summary>The folder of the films.</summary>
    public static string VideosOf(string folder) => Path.Combine(folder, "videos");

    /// <summary>Writes films and labels. Existing films are not written again; the label files come last, so that a folder with labels is complete.</summary>
    /// <param name="folder">The folder to write to; it is created.</param>
    /// <param name="progress">Receives the number of films written so far, from several threads.</param>
    /// <param name="cancellationToken">Cancels the work; complete films are kept.</param>
    /// <exception cref="DemoFolderException">The folder holds a demo dataset with other options.</exception>
    /// <exception cref="MediaException">ffmpeg is missing or failed.</exception>
    /// <exception cref="FileWriteException">The folder cannot be written to.</exception>
    public async Task WriteAsync(string folder, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Describe(folder);
        string videos = Directory.CreateDirectory(VideosOf(folder)).FullName;
        int done = 0;
        await Parallel.ForEachAsync(
            Films,
            new ParallelOptions { MaxDegreeOfParallelism = FilmsAtOnce, CancellationToken = cancellationToken },
            async (film, token) =>
            {
                string path = Path.Combine(videos, film.VideoId + ".mp4");
                if (!File.Exists(path))
                {
                    await film.Film.WriteAsync(path, cancellationToken: token).ConfigureAwait(false);
                }

                progress?.Report(Interlocked.Increment(ref done));
            }).ConfigureAwait(false);
        WriteLabels(folder);
    }

    /// <summary>Writes the four label files alone.</summary>
    /// <exception cref="FileWriteException">The folder cannot be written to.</exception>
    public void WriteLabels(string folder)
    {
        Write(DatasetSplit.Train, "train.csv", EevCsv.YouTubeId);
        Write(DatasetSplit.Validation, "val.csv", EevCsv.YouTubeId);
        Write(DatasetSplit.Test, "test_labels.csv", EevCsv.VideoId);
        EevCsv.WriteTimes(Of(DatasetSplit.Test).Select(video => video.Times), Path.Combine(folder, "test.csv"));

        void Write(DatasetSplit split, string name, string idColumn) =>
            EevCsv.Write(DemoFeeling.Scheme, Of(split), Path.Combine(folder, name), idColumn);
    }

    /// <summary>The labels of a film without noise and gaps: the best possible prediction.</summary>
    public static EmotionCurves FeelingsOf(DemoDatasetFilm film)
    {
        ArgumentNullException.ThrowIfNull(film);
        return DemoLabels.Feelings(film.Film);
    }

    private static DemoDatasetFilm DrawFilm(DemoDatasetOptions options, DatasetSplit split, int index)
    {
        CounterRandom random = CounterRandom.For(options.Seed, RandomPurpose.Demo, index: index);
        char[] id = new char[IdLength];
        for (int i = 0; i < id.Length; i++)
        {
            id[i] = IdCharacters[random.NextInt(IdCharacters.Length)];
        }

        SyntheticFilm film = new()
        {
            Scenes = DemoScenes.Draw(ref random, options.Seconds),
            Width = options.Width,
            Height = options.Height,
            FrameRate = options.FrameRate,
            SampleRate = SoundRate,
        };
        return new DemoDatasetFilm(new string(id), split, film, new LabelledVideo(new string(id), DemoLabels.Draw(ref random, film)));
    }

    private IEnumerable<LabelledVideo> Of(DatasetSplit split) => Films.Where(film => film.Split == split).Select(film => film.Labels);

    private void Describe(string folder)
    {
        string path = Path.Combine(folder, DescriptionName);
        byte[] expected = JsonSerializer.SerializeToUtf8Bytes(Options, s_json);
        if (File.Exists(path) && !File.ReadAllBytes(path).AsSpan().SequenceEqual(expected))
        {
            throw new DemoFolderException(folder, Options);
        }

        AtomicFile.Write(path, stream => stream.Write(expected));
    }
}
