using System.Globalization;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Files;

namespace Evoke.Datasets.Labels;

/// <summary>The labels of a dataset in memory: for each video its own rows, 4 bytes a value. Immutable and thread-safe.</summary>
/// <remarks>EEV's 8 million training rows of 15 emotions are 480 MB.</remarks>
public sealed class LabelSet
{
    private const long LargeBytes = 1 << 20;

    private readonly Dictionary<string, LabelledVideo> _byId;
    private readonly Lazy<bool> _hasMissing;

    /// <summary>Creates a set from videos of one scheme.</summary>
    /// <param name="name">The name of the set in messages: its file.</param>
    /// <param name="scheme">What the columns mean.</param>
    /// <param name="videos">The videos, without duplicates.</param>
    /// <exception cref="DatasetException">There is no video, a video appears twice, or it has other emotions.</exception>
    public LabelSet(string name, EmotionScheme scheme, IEnumerable<LabelledVideo> videos)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(videos);
        Name = name;
        Scheme = scheme;
        List<LabelledVideo> list = [];
        _byId = new(StringComparer.Ordinal);
        foreach (LabelledVideo video in videos)
        {
            if (!video.Curves.Scheme.Equals(scheme))
            {
                throw new DatasetException($"Labels {name}: expected the emotions {scheme}; video '{video.VideoId}' has {video.Curves.Scheme}.");
            }

            if (!_byId.TryAdd(video.VideoId, video))
            {
                throw new DatasetException($"Labels {name}: video '{video.VideoId}' appears twice.");
            }

            list.Add(video);
        }

        Videos = list.Count > 0 ? list : throw new DatasetException($"Labels {name}: expected at least one video; found none.");
        _hasMissing = new(() => list.Exists(video => video.Curves.Values.Contains(float.NaN)));
    }

    /// <summary>The name of the set in messages: its file.</summary>
    public string Name { get; }

    /// <summary>The file that the labels were read from; null if they are from elsewhere, or of more than one file.</summary>
    public LabelFile? File { get; private init; }

    /// <summary>How far the raters of these labels were apart: their standard deviations, a row for each row of labels, NaN where they are not known. Null if
    /// that was not read; see <see cref="LabelSpread"/>.</summary>
    public LabelSet? Spread { get; private init; }

    /// <summary>What the columns mean.</summary>
    public EmotionScheme Scheme { get; }

    /// <summary>The videos, in the order of the file.</summary>
    public IReadOnlyList<LabelledVideo> Videos { get; }

    /// <summary>Rows of all videos together.</summary>
    public long Rows => Videos.Sum(video => (long)video.Curves.Grid.Count);

    /// <summary>True if a label is missing (NaN). Rows of zeros are not meant, whatever the scheme says about them.</summary>
    public bool HasMissing => _hasMissing.Value;

    /// <summary>What users should know about the file; empty if there is nothing to report.</summary>
    public IReadOnlyList<string> Notes =>
        Videos.Any(video => video.Times.Unit == TimestampUnit.Milliseconds) ? [MillisecondsNote(Name)] : [];

    /// <summary>What users should know about a file whose timestamps were recognised as milliseconds.</summary>
    internal static string MillisecondsNote(string name) => $"The timestamps of {name} are taken to be in milliseconds.";

    /// <summary>Reads labels from a CSV file in EEV's format, with the ranges that a <see cref="SchemeFile"/> beside it gives.</summary>
    /// <exception cref="EvokeException">The file cannot be read or does not have that format, or a label is outside its range; the message names the
    /// line.</exception>
    public static LabelSet Read(string path) => Read(path, EevCsv.ReadLabels(path));

    /// <summary>Reads predictions from a CSV file in EEV's format; see <see cref="EevCsv.ReadPredictions"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="labels">The curves of the labels that the predictions are for.</param>
    /// <exception cref="EvokeException">The file cannot be read or does not have that format; the message names the line.</exception>
    public static LabelSet ReadPredictions(string path, EmotionScheme labels) => Read(path, EevCsv.ReadPredictions(path, labels));

    private static LabelSet Read(string path, IEnumerable<LabelledVideo> read)
    {
        using CancellationTokenSource ending = new();
        Task<string>? hash = null;
        try
        {
            // A large file is hashed while its rows are parsed.
            if (FileKind.IsFileOver(path, LargeBytes))
            {
                hash = Task.Run(() => FileHashes.Compute(path, progress: null, ending.Token));
            }

            EmotionScheme? scheme = null;
            List<LabelledVideo> videos = [];
            foreach (LabelledVideo video in read)
            {
                scheme ??= video.Curves.Scheme;
                videos.Add(video);
            }

            string sha256 = hash?.GetAwaiter().GetResult() ?? FileHashes.Compute(path, progress: null, CancellationToken.None);
            return new LabelSet(path, scheme ?? EmotionScheme.Eev, videos) { File = new LabelFile(Path.GetFullPath(path), sha256) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
        finally
        {
            // If the rows are wrong: whoever is told so may delete the file.
            ending.Cancel();
            ((Task?)hash)?.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        }
    }

    /// <summary>The labels of one video; null if the set does not have it.</summary>
    public LabelledVideo? Find(string videoId) => _byId.GetValueOrDefault(videoId);

    /// <summary>The same videos with some of the curves, in the given order.</summary>
    /// <param name="emotions">Names in any case; empty for all curves as they are.</param>
    /// <exception cref="DatasetException">There is no curve of a name, or a name is given twice.</exception>
    public LabelSet Select(IReadOnlyCollection<string> emotions)
    {
        ArgumentNullException.ThrowIfNull(emotions);
        if (emotions.Count == 0)
        {
            return this;
        }

        string[] wrong = [.. emotions.Where(name => Scheme.IndexOf(name) < 0)];
        if (wrong.Length > 0 || emotions.Distinct(StringComparer.OrdinalIgnoreCase).Count() < emotions.Count)
        {
            string what = wrong.Length > 0 ? $"there is no curve {string.Join(", ", wrong)}" : $"a curve is named twice among {string.Join(", ", emotions)}";
            throw new DatasetException($"Labels {Name}: {what}; the curves are {Scheme}.");
        }

        EmotionScheme scheme = Scheme.Select(emotions);
        return new LabelSet(Name, scheme, Videos.Select(video => new LabelledVideo(video.Times, video.Curves.As(scheme)))) { File = File };
    }

    /// <summary>Some of the videos, in the order of this set; <see cref="File"/> is null, as no file has just these.</summary>
    /// <param name="name">The name of the new set in messages.</param>
    /// <param name="videoIds">Ids of videos to keep; those that are not in this set are ignored.</param>
    /// <exception cref="DatasetException">No video is left.</exception>
    public LabelSet Only(string name, IEnumerable<string> videoIds)
    {
        HashSet<string> kept = new(videoIds, StringComparer.Ordinal);
        return new LabelSet(name, Scheme, Videos.Where(video => kept.Contains(video.VideoId)));
    }

    /// <summary>This set followed by another one.</summary>
    /// <exception cref="DatasetException">The emotions differ, or a video is in both.</exception>
    public LabelSet Merge(LabelSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        LabelSet? spread = Spread is { } own && other.Spread is { } others
            ? own.Merge(new LabelSet(others.Name, own.Scheme, others.Videos.Select(video => new LabelledVideo(video.Times, video.Curves.As(own.Scheme)))))
            : null;
        return new LabelSet($"{Name} with {other.Name}", Scheme, Videos.Concat(other.Videos)) { Spread = spread };
    }

    /// <summary>The same labels with the spread of their raters.</summary>
    internal LabelSet With(LabelSet spread) => new(Name, Scheme, Videos) { File = File, Spread = spread };

    /// <summary>The same labels, moved earlier by the lag with which people answer; each video is shorter by it.</summary>
    /// <param name="lagSeconds">The lag in seconds, 0 or more.</param>
    /// <exception cref="DatasetException">The labels of a video are not longer than the lag.</exception>
    public LabelSet Earlier(double lagSeconds)
    {
        if (lagSeconds == 0)
        {
            return this;
        }

        if (Videos.FirstOrDefault(video => video.Curves.Grid.Count / video.Curves.Grid.Rate.Hertz <= lagSeconds) is { } brief)
        {
            throw new DatasetException(string.Create(
                CultureInfo.InvariantCulture,
                $"Labels {Name}: expected videos longer than the lag of {lagSeconds} s; "
                + $"video '{brief.VideoId}' has {brief.Curves.Grid.Count / brief.Curves.Grid.Rate.Hertz:0.###} s."));
        }

        return new LabelSet(Name, Scheme, Videos.Select(video => new LabelledVideo(video.VideoId, CurveLag.Remove(video.Curves, lagSeconds))))
        {
            File = File,
            Spread = Spread?.Earlier(lagSeconds),
        };
    }
}
