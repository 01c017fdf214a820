using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Export;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Ratings;
using Evoke.Files;

namespace Evoke.Datasets.Viewers;

/// <summary>What viewers said of videos, to be shown beside predictions and compared with them.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed class ViewerLabels
{
    private const int NamesInMessages = 5;

    private readonly LabelSet _labels;
    private readonly IReadOnlyDictionary<string, EmotionCurves>? _spread;
    private readonly RatingAgreements? _raters;

    internal ViewerLabels(LabelSet labels, IReadOnlyDictionary<string, EmotionCurves>? spread, RatingAgreements? raters) =>
        (_labels, _spread, _raters) = (labels, spread, raters);

    /// <summary>The file that was read, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>What users should know about the file, one sentence each; empty if there is nothing to report.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The curves of the labels.</summary>
    public EmotionScheme Scheme => _labels.Scheme;

    /// <summary>Where the labels are from, for display: "labels.csv: 12 raters, joined by mean".</summary>
    public string Source => _raters is null ? Path.GetFileName(Name) : $"{Path.GetFileName(Name)}: {_raters.Summary}";

    /// <summary>True for ratings of a single video: they are used whatever the video is named.</summary>
    internal bool IsOfOneVideo { get; init; }

    /// <summary>True if users have said which video these ratings are of, out of several.</summary>
    private bool IsChosen { get; init; }

    /// <summary>Reads labels, or ratings.</summary>
    /// <param name="path">A table in EEV's format; a folder that <c>evoke dataset import</c> wrote, of which <c>labels.csv</c> is read; or files of ratings
    /// that it would read, which become labels at 2 Hz, the mean of the raters. Spread and agreement of raters are read from beside a table.</param>
    /// <param name="lagSeconds">How late raters answered, in seconds, 0 or more: everything is moved earlier by this.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="DatasetException">The labels of a video are not longer than the lag, or what the import wrote about the raters is damaged.</exception>
    /// <exception cref="EvokeException">A file cannot be read or has mistakes; the message names them.</exception>
    public static ViewerLabels Read(string path, double lagSeconds = 0, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ViewerLabelReader.Read(path, lagSeconds, cancellationToken);
    }

    /// <summary>True if there are labels of a video.</summary>
    /// <param name="videoId">Its id.</param>
    /// <param name="fileName">The name of its file, by which ratings often name a video.</param>
    public bool Has(string videoId, string fileName) => Find(videoId, fileName) is not null;

    /// <summary>The id that the labels have for a video; null if there are no labels of it.</summary>
    /// <param name="videoId">Its id.</param>
    /// <param name="fileName">The name of its file, by which ratings often name a video.</param>
    public string? IdOf(string videoId, string fileName) => Find(videoId, fileName)?.VideoId;

    /// <summary>The labels of one video alone; they are used whatever the video of a prediction is named.</summary>
    /// <param name="videoId">The id that the labels have for it.</param>
    /// <param name="name">What messages call the file from now on.</param>
    /// <exception cref="DatasetException">There are no labels of this video; the message names some that there are.</exception>
    public ViewerLabels Only(string videoId, string name)
    {
        ArgumentNullException.ThrowIfNull(videoId);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_labels.Find(videoId) is null)
        {
            throw new DatasetException($"{name}: expected labels of '{videoId}'; found those of {Listed([.. _labels.Videos.Select(video => video.VideoId)])}.");
        }

        Dictionary<string, EmotionCurves>? spread = _spread?.Where(video => video.Key == videoId).ToDictionary(StringComparer.Ordinal);
        return new ViewerLabels(_labels.Only(name, [videoId]), spread, _raters)
        {
            Name = name,
            Notes = [.. Notes.Select(note => note.Replace(Name, name, StringComparison.Ordinal))],
            IsOfOneVideo = true,
            IsChosen = IsChosen || !IsOfOneVideo,
        };
    }

    /// <summary>True if a curve of the labels is predicted.</summary>
    public bool HasAnyOf(EmotionScheme predicted)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        return Scheme.Names.Any(name => predicted.IndexOf(name) >= 0);
    }

    /// <summary>Throws if no curve of the labels is predicted.</summary>
    /// <exception cref="DatasetException">Labels and predictions have no curve in common.</exception>
    public void ThrowIfNothingIsPredicted(EmotionScheme predicted)
    {
        if (!HasAnyOf(predicted))
        {
            throw new DatasetException($"Labels and predictions have no curve in common: {Name} has {Scheme}; the predictions have {predicted}.");
        }
    }

    /// <summary>Throws if there are no labels of any of some videos.</summary>
    /// <param name="videos">The id and the file name of each.</param>
    /// <exception cref="DatasetException">There are none; the message names some that there are.</exception>
    public void ThrowIfOfOthers(IReadOnlyCollection<(string VideoId, string FileName)> videos)
    {
        ArgumentNullException.ThrowIfNull(videos);
        if (videos.Count > 0 && !videos.Any(video => Has(video.VideoId, video.FileName)))
        {
            throw new DatasetException(
                $"{Name}: expected labels of {Listed([.. videos.Select(video => video.VideoId)])}; "
                + $"found those of {Listed([.. _labels.Videos.Select(video => video.VideoId)])}. "
                + "The id of a video is the name of its file without extension.");
        }
    }

    /// <summary>A prediction with the labels of its video, and how well it agrees with them.</summary>
    /// <remarks>
    /// Scores are those of <c>evoke evaluate</c>: the prediction is interpolated to the rows of the labels, and curves are found by their names in any case and
    /// compared on the labels' scale; missing labels do not count. Labels after the end of the video are left out with a warning.
    /// </remarks>
    /// <param name="document">The prediction.</param>
    /// <returns>The same prediction with a warning if there are no labels of its video.</returns>
    /// <exception cref="DatasetException">Labels and prediction have no curve in common.</exception>
    public PredictionDocument AddTo(PredictionDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        ThrowIfNothingIsPredicted(document.Curves.Scheme);
        if (Find(document.VideoId, document.SourceName) is not { } labels)
        {
            return document with { Warnings = [.. document.Warnings, $"{Name} has no labels of this video."] };
        }

        ViewerComparison comparison = new(labels, document.Curves);
        EmotionCurves? spread = _spread?.GetValueOrDefault(labels.VideoId);
        return document with
        {
            Labels = comparison.LabelsOnGrid(),
            LabelComparison = new LabelComparison
            {
                Source = Source,
                Spread = spread is null ? null : comparison.SpreadOnGrid(spread),
                Scores = comparison.Scores(curve => _raters?.Find(labels.VideoId, curve)),
            },
            Warnings = [.. document.Warnings, .. WarningsOf(comparison, document, labels)],
        };
    }

    private IEnumerable<string> WarningsOf(ViewerComparison comparison, PredictionDocument document, LabelledVideo labels)
    {
        foreach (string note in comparison.Notes)
        {
            yield return $"{Name}: {note}";
        }

        if (labels.VideoId != document.VideoId && labels.VideoId != document.SourceName)
        {
            yield return IsChosen
                ? $"{Name}: the ratings of '{labels.VideoId}' are taken to be of this video."
                : $"{Name} has ratings of one video, '{labels.VideoId}'; they are taken to be of this one.";
        }
    }

    private LabelledVideo? Find(string videoId, string fileName) =>
        _labels.Find(videoId) ?? _labels.Find(fileName) ?? (IsOfOneVideo ? _labels.Videos[0] : null);

    private static string Listed(string[] names) =>
        string.Join(", ", names.Take(NamesInMessages).Select(name => $"'{name}'")) + (names.Length > NamesInMessages ? ", …" : "");
}
