using Evoke.Studio.Storage;

namespace Evoke.Studio.Api;

/// <summary>Collects what the library shows of one video, or of all videos with three queries.</summary>
internal sealed class VideoViews
{
    private const int Few = 20; // for more, three queries for all are faster

    private readonly VideoTable _videos;
    private readonly JobTable _jobs;
    private readonly ResultTable _results;

    /// <summary>Reads from these tables.</summary>
    public VideoViews(VideoTable videos, JobTable jobs, ResultTable results) => (_videos, _jobs, _results) = (videos, jobs, results);

    /// <summary>One video.</summary>
    /// <param name="video">The video.</param>
    /// <param name="model">Only results from this model; null for its newest result.</param>
    /// <param name="line">The emotion of the sparkline; null for the first of the result.</param>
    public VideoView Of(VideoRecord video, string? model = null, string? line = null)
    {
        ArgumentNullException.ThrowIfNull(video);
        return VideoView.Of(video, _jobs.NewestOf(video.Id), _results.NewestOf(video.Id, model, line), _results.ModelsOf(video.Id));
    }

    /// <summary>Some videos, newest first.</summary>
    /// <param name="ids">Their ids; those that are not in the library are left out.</param>
    /// <param name="model">Only results from this model; null for the newest result of each video.</param>
    /// <param name="line">The emotion of the sparklines; null for the first of each result.</param>
    public IEnumerable<VideoView> Of(IReadOnlyCollection<string> ids, string? model, string? line) => ids.Count <= Few
        ? [.. ids.Distinct().Select(_videos.Find).OfType<VideoRecord>().OrderByDescending(video => video.Added).Select(video => Of(video, model, line))]
        : All(null, model, line).Where(video => ids.Contains(video.Id));

    /// <summary>All videos, newest first.</summary>
    /// <param name="search">Only videos whose name contains this text; null for all.</param>
    /// <param name="model">Only results from this model; null for the newest result of each video.</param>
    /// <param name="line">The emotion of the sparklines; null for the first of each result.</param>
    public IEnumerable<VideoView> All(string? search, string? model, string? line)
    {
        ILookup<string, JobRecord> jobs = _jobs.NewestByVideo();
        IReadOnlyDictionary<string, ResultSummary> results = _results.Newest(model, line);
        ILookup<string, string> models = _results.ModelsByVideo();
        return _videos.All()
            .Where(video => search is null || video.Name.Contains(search, StringComparison.OrdinalIgnoreCase))
            .Select(video => VideoView.Of(video, jobs[video.Id], results.GetValueOrDefault(video.Id), [.. models[video.Id]]));
    }
}
