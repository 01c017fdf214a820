using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Files;

namespace Evoke.Datasets.Sets;

/// <summary>The videos of a dataset that have both labels and features, checked as far as possible before the first training step.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class VideoSet
{
    private const int VideosInMessages = 5;

    // Labels end at the last labelled frame and features at the last frame: seconds apart, whatever the length.
    private const double UsualSecondsApart = 2;

    // Beyond that, lengths that differ by a factor of two are not of one video on one clock.
    private const double MostTimesApart = 2;

    private const double RateSlack = 1e-6;

    private readonly Lazy<SetFingerprint> _fingerprint;

    private VideoSet(
        LabelSet labels, IFeatureSource features, IReadOnlyList<TrainingVideo> videos, IReadOnlyList<string> missing, ModalityTally visual, ModalityTally audio)
    {
        (Labels, Features, Videos, Missing) = (labels, features, videos, missing);
        (Visual, Audio) = (visual.Modality, audio.Modality);
        Notes = [.. labels.Notes, .. new[] { visual.Note, audio.Note }.OfType<string>()];
        _fingerprint = new(() => SetFingerprint.Of(this));
    }

    /// <summary>The labels of all videos, also of those without features.</summary>
    public LabelSet Labels { get; }

    /// <summary>Where the features are.</summary>
    public IFeatureSource Features { get; }

    /// <summary>The videos with both, in the order of the labels.</summary>
    public IReadOnlyList<TrainingVideo> Videos { get; }

    /// <summary>Ids of videos with labels and without features.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>The visual features; null if they are not requested.</summary>
    public SetModality? Visual { get; }

    /// <summary>The audio features; null if they are not requested.</summary>
    public SetModality? Audio { get; }

    /// <summary>Notes about the features, for example that they mix precisions; empty if there are none.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>What identifies the set's numbers: a run that is resumed must find the same. The first call reads all features.</summary>
    /// <exception cref="EvokeException">Features cannot be read.</exception>
    public SetFingerprint Fingerprint => _fingerprint.Value;

    private VideoSet(VideoSet from, IFeatureSource features, SetModality? visual, SetModality? audio)
    {
        (Labels, Features, Videos, Missing, Notes) = (from.Labels, features, from.Videos, from.Missing, from.Notes);
        (Visual, Audio) = (visual, audio);
        _fingerprint = from._fingerprint;
    }

    private VideoSet(VideoSet from, LabelSet labels, IReadOnlyList<TrainingVideo> videos)
    {
        (Labels, Features, Videos, Missing, Notes) = (labels, from.Features, videos, [], []);
        (Visual, Audio) = (from.Visual, from.Audio);
        _fingerprint = new(() => SetFingerprint.Of(this));
    }

    /// <summary>The same videos with features that are computed from this set's. <see cref="Fingerprint"/> stays this set's.</summary>
    /// <param name="features">The features of the set's videos, with as many steps as before.</param>
    /// <param name="visual">The visual features; null if there are none.</param>
    /// <param name="audio">The audio features; null if there are none.</param>
    public VideoSet Through(IFeatureSource features, SetModality? visual, SetModality? audio)
    {
        ArgumentNullException.ThrowIfNull(features);
        return new VideoSet(this, features, visual, audio);
    }

    /// <summary>Some of the videos, in the order of this set, with the same features.</summary>
    /// <param name="name">The name of the new set's labels in messages.</param>
    /// <param name="isIn">Says of each video, by its index in <see cref="Videos"/>, whether it is in the new set.</param>
    /// <exception cref="DatasetException">No video is left.</exception>
    public VideoSet Only(string name, Predicate<int> isIn)
    {
        ArgumentNullException.ThrowIfNull(isIn);
        TrainingVideo[] videos = [.. Videos.Where((_, index) => isIn(index))];
        LabelSet labels = Labels.Only(name, videos.Select(video => video.Id));
        return new VideoSet(this, Labels.Spread is { } spread ? labels.With(spread.Only(name, videos.Select(video => video.Id))) : labels, videos);
    }

    /// <summary>Combines labels and features.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="features">The features.</param>
    /// <param name="modalities">Which features are requested.</param>
    /// <param name="rate">Steps per second of the head's clock (Hz).</param>
    /// <param name="cancellationToken">Ends the work after the current video: the features of each are opened.</param>
    /// <exception cref="DatasetException">
    /// No video has both, a modality is missing, the features come from different encoders or have fewer rows per second than the head's clock, or the lengths
    /// of labels, features and video contradict each other.
    /// </exception>
    /// <exception cref="EvokeException">A feature file is damaged.</exception>
    public static VideoSet Join(
        LabelSet labels, IFeatureSource features, ModalityChoice modalities, Rate rate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(features);
        List<TrainingVideo> videos = [];
        List<string> missing = [];
        ModalityTally visual = new("visual", features.Name), audio = new("audio", features.Name);
        foreach (LabelledVideo video in labels.Videos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!features.Contains(video.VideoId))
            {
                missing.Add(video.VideoId);
                continue;
            }

            using IOpenFeatures open = features.Open(video.VideoId);
            double labelled = video.Curves.Grid.Count / video.Curves.Grid.Rate.Hertz;
            ThrowIfFarApart(video.VideoId, $"the labels in {labels.Name}", labelled, $"the features in {features.Name}", open.DurationSeconds);
            if (modalities != ModalityChoice.Audio)
            {
                visual.Add(video.VideoId, open.Visual);
                ThrowIfOnAnotherClock(features.Name, video.VideoId, "visual", open.Visual, open.DurationSeconds, rate);
            }

            if (modalities != ModalityChoice.Visual)
            {
                audio.Add(video.VideoId, open.Audio);
                ThrowIfOnAnotherClock(features.Name, video.VideoId, "audio", open.Audio, open.DurationSeconds, rate);
            }

            int featureSteps = TimeGrid.ForDuration(open.DurationSeconds, rate).Count;
            int labelSteps = TimeGrid.ForDuration(labelled, rate).Count;
            videos.Add(new TrainingVideo(video, featureSteps, Math.Min(featureSteps, labelSteps)) { Spread = labels.Spread?.Find(video.VideoId) });
        }

        return videos.Count > 0
            ? new VideoSet(labels, features, videos, missing, visual, audio)
            : throw new DatasetException(
                $"None of the {labels.Videos.Count} videos of {labels.Name} has features in {features.Name}; "
                + $"the first are {string.Join(", ", missing.Take(VideosInMessages))}.");
    }

    private static void ThrowIfOnAnotherClock(string source, string video, string modality, IFeatureRows? rows, double videoSeconds, Rate rate)
    {
        if (rows is null or { IsMissing: true })
        {
            return;
        }

        string what = FormattableString.Invariant($"the {rows.Steps} rows of {modality} features at {rows.Rate:0.###} Hz in {source}");
        ThrowIfFarApart(video, what, rows.Steps / rows.Rate.Hertz, "the video, as the features say,", videoSeconds);
        if (rate.Hertz > rows.Rate.Hertz * (1 + RateSlack))
        {
            throw new DatasetException(
                FormattableString.Invariant($"Video '{video}': its {modality} features in {source} have {rows.Rate:0.###} ")
                + FormattableString.Invariant($"{(rows.Rate.Hertz == 1 ? "row" : "rows")} per second; ")
                + FormattableString.Invariant($"data.rate must not be above that, and is {rate:0.###}. Extract features at that rate, or lower data.rate."));
        }
    }

    private static void ThrowIfFarApart(string video, string what, double seconds, string other, double otherSeconds)
    {
        (double less, double more) = (Math.Min(seconds, otherSeconds), Math.Max(seconds, otherSeconds));
        if (more - less > UsualSecondsApart && more > MostTimesApart * less)
        {
            throw new DatasetException(
                FormattableString.Invariant($"Video '{video}': {what} last {seconds:0.##} s, {other} {otherSeconds:0.##} s. ")
                + "They must be of one length: check the timestamps of the labels and the rate of the features.");
        }
    }
}
