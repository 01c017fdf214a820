using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Api;

/// <summary>A video as the library shows it.</summary>
/// <param name="Id">Id; requests identify a video only by it.</param>
/// <param name="Name">Display name.</param>
/// <param name="Uploaded">True if the file was uploaded, so that Studio owns it.</param>
/// <param name="Bytes">Size in bytes.</param>
/// <param name="Added">When it was added, UTC.</param>
/// <param name="DurationSeconds">Duration in seconds; null until it is known.</param>
/// <param name="Width">Width of the picture in pixels; null until it is known or if there is no picture.</param>
/// <param name="Height">Height of the picture in pixels; null until it is known or if there is no picture.</param>
/// <param name="FrameRate">Average frames per second; null until it is known.</param>
/// <param name="HasPicture">False if the file has no picture.</param>
/// <param name="HasSound">False if the file has no sound.</param>
/// <param name="Playable">False if no browser in common use plays the file, so that a preview is needed; null until it is known.</param>
/// <param name="HasPreview">True if there is a small copy that browsers play.</param>
/// <param name="Job">Its newest analysis; null if it has none.</param>
/// <param name="PreviewJob">The newest job that makes its preview; null if there was none.</param>
/// <param name="Result">Summary of its newest result; null if it has none.</param>
/// <param name="Models">Names of the models that have a result for it, newest first.</param>
/// <param name="Tags">Its tags, in alphabetical order.</param>
/// <param name="HasRatings">True if it has ratings: what viewers said of it.</param>
internal sealed record VideoView(
    string Id, string Name, bool Uploaded, long Bytes, DateTimeOffset Added, double? DurationSeconds, int? Width, int? Height, double? FrameRate,
    bool HasPicture, bool HasSound, bool? Playable, bool HasPreview, JobRecord? Job, JobRecord? PreviewJob, ResultSummary? Result, IReadOnlyList<string> Models,
    ImmutableArray<string> Tags, bool HasRatings)
{
    internal static VideoView Of(VideoRecord video, IEnumerable<JobRecord> newestJobs, ResultSummary? result, IReadOnlyList<string> models) => new(
        video.Id, video.Name, video.Owned, video.Bytes, video.Added, video.DurationSeconds, video.Width, video.Height, video.FrameRate,
        video.HasPicture, video.HasSound, video.Playable, video.PreviewBytes is not null,
        newestJobs.SingleOrDefault(job => job.Kind == JobKind.Analysis), newestJobs.SingleOrDefault(job => job.Kind == JobKind.Preview), result, models,
        video.Tags, video.HasRatings);
}

/// <summary>A result without its curves, which <c>/curves</c> returns as little-endian float32.</summary>
/// <param name="VideoId">Id of the video.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Created">When it was computed, UTC.</param>
/// <param name="DurationSeconds">Duration of the video in seconds.</param>
/// <param name="Scheme">Names of the emotions, in column order.</param>
/// <param name="Ranges">For each emotion its lowest and highest possible value, and the unit; empty if it has none.</param>
/// <param name="NeedsScheme">True if the CSV export does not say what its columns mean: the export "scheme" does.</param>
/// <param name="Groups">For each emotion "pleasant", "unpleasant" or "engaged"; "other" for a name that Evoke does not know.</param>
/// <param name="Styles">For each emotion the colour and line style in which it is drawn everywhere.</param>
/// <param name="Rate">Rows per second (Hz).</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="HasSpread">True if the standard deviation over an ensemble's members follows the curves.</param>
/// <param name="Details">Model, moments, summary and warnings.</param>
/// <param name="ModelChanged">True if the model's file has changed since, so that a new analysis might give another result.</param>
/// <param name="RefusedExports">The export formats in which this result cannot be written, each with the reason.</param>
internal sealed record ResultView(
    string VideoId, string Model, DateTimeOffset Created, double DurationSeconds, ImmutableArray<string> Scheme,
    ImmutableArray<CurveRange> Ranges, bool NeedsScheme, ImmutableArray<string> Groups,
    ImmutableArray<Evoke.Pages.Drawing.EmotionStyle> Styles, Rate Rate, int Rows, bool HasSpread, ResultDetails Details, bool ModelChanged,
    IReadOnlyDictionary<string, string> RefusedExports);

/// <summary>Version, limits and load of this Studio.</summary>
/// <param name="Version">Version of Evoke.</param>
/// <param name="Roots">Folders whose videos may be added by path.</param>
/// <param name="DefaultModel">The model used when none is named.</param>
/// <param name="MaxUploadBytes">Largest upload in bytes.</param>
/// <param name="QuotaBytes">The most bytes that all uploads, previews and ratings together may use.</param>
/// <param name="UsedBytes">Bytes that all uploads, previews and ratings together use.</param>
/// <param name="Waiting">Number of waiting jobs.</param>
/// <param name="Running">The running analysis; null if there is none.</param>
/// <param name="WaitingForDisk">True while a job waits because the disk of the data folder is full.</param>
internal sealed record StatusView(
    string Version, IReadOnlyList<string> Roots, string DefaultModel, long MaxUploadBytes, long QuotaBytes, long UsedBytes, int Waiting, JobRecord? Running,
    bool WaitingForDisk);

/// <summary>A request to add a file or folder on this machine.</summary>
/// <param name="Path">Absolute path; required.</param>
/// <param name="Model">The model to use; null for the default.</param>
/// <param name="Same">What becomes of a file that is the same as that of a video in the library: "add", the default, adds it once more; "reuse" returns that
/// video.</param>
internal sealed record AddPathRequest([property: Required] string? Path = null, string? Model = null, string? Same = null);

/// <summary>A request to analyse a video with a model.</summary>
/// <param name="Model">Its name; null for the default.</param>
internal sealed record AnalyseRequest(string? Model = null);

/// <summary>A change to a video.</summary>
/// <param name="Name">Its new name; null to leave it as it is.</param>
/// <param name="Tags">All its tags from now on; null to leave them as they are.</param>
internal sealed record ChangeVideoRequest(string? Name = null, IReadOnlyList<string>? Tags = null);

/// <summary>Tags that videos get and lose.</summary>
/// <param name="Videos">Ids of the videos; required.</param>
/// <param name="Add">Tags that all of them get.</param>
/// <param name="Remove">Tags that all of them lose.</param>
internal sealed record TagVideosRequest(
    [property: Required] IReadOnlyList<string>? Videos = null, IReadOnlyList<string>? Add = null, IReadOnlyList<string>? Remove = null);

/// <summary>Videos to remove from the library.</summary>
/// <param name="Videos">Their ids; required.</param>
/// <param name="File">True to delete uploaded files in the end; false to keep them. Files that were not uploaded are never touched.</param>
internal sealed record RemoveVideosRequest([property: Required] IReadOnlyList<string>? Videos = null, bool File = false);

/// <summary>Videos to put back into the library.</summary>
/// <param name="Videos">Their ids; required.</param>
internal sealed record PutBackRequest([property: Required] IReadOnlyList<string>? Videos = null);

/// <summary>A removed video that can still be put back.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its display name.</param>
/// <param name="Since">When it was removed, UTC.</param>
/// <param name="Until">Until when it can be put back, UTC; it goes earlier if its room is needed.</param>
/// <param name="KeptAt">Where its uploaded file will be kept, as a full path on the machine where Studio runs; null if it will be deleted, or was not
/// uploaded and stays where it is.</param>
internal sealed record RemovedView(string Id, string Name, DateTimeOffset Since, DateTimeOffset Until, string? KeptAt);

/// <summary>Videos to analyse.</summary>
/// <param name="Videos">Their ids; null for all of the library.</param>
/// <param name="Model">The model; null for the default.</param>
/// <param name="Again">True to analyse also those that the model has analysed already.</param>
internal sealed record AnalyseVideosRequest(IReadOnlyList<string>? Videos = null, string? Model = null, bool Again = false);

/// <summary>What a request to analyse many videos has done.</summary>
/// <param name="Queued">How many analyses were queued.</param>
/// <param name="Analysed">How many videos had a result by the model already.</param>
/// <param name="Waiting">How many analyses were in the queue already.</param>
internal sealed record AnalysesView(int Queued, int Analysed, int Waiting);

/// <summary>A change to how the ratings of a video are read.</summary>
/// <param name="LagSeconds">How late raters answered, in seconds, from 0 to 60; required.</param>
internal sealed record ChangeRatingsRequest([property: Required] double? LagSeconds = null);

/// <summary>What viewers said of a video.</summary>
/// <param name="Name">The file or folder that is read.</param>
/// <param name="Files">How many files were given.</param>
/// <param name="Bytes">Their size in bytes.</param>
/// <param name="Given">When they were given, UTC.</param>
/// <param name="RatedAs">The name that the ratings have for the video.</param>
/// <param name="LagSeconds">How late raters answered, in seconds: everything is moved earlier by this.</param>
/// <param name="Curves">The curves that were rated.</param>
/// <param name="Notes">What there is to know about the files, one sentence each.</param>
/// <param name="Comparison">How far a result agrees with them; null if the model has not analysed the video yet.</param>
internal sealed record RatingsView(
    string Name, int Files, long Bytes, DateTimeOffset Given, string RatedAs, double LagSeconds, IReadOnlyList<string> Curves, IReadOnlyList<string> Notes,
    RatingComparisonView? Comparison);

/// <summary>How far a result agrees with what viewers said.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Source">Where the labels are from: "ratings.csv: 12 raters, joined by mean".</param>
/// <param name="HasSpread">True if the standard deviation of the raters is known.</param>
/// <param name="Scores">The scores of each curve that both have; empty if there is none.</param>
/// <param name="OnlyRated">Curves that were rated and are not predicted.</param>
/// <param name="OnlyPredicted">Curves that are predicted and were not rated.</param>
/// <param name="Warnings">What users should know about the comparison, one sentence each.</param>
internal sealed record RatingComparisonView(
    string Model, string Source, bool HasSpread, IReadOnlyList<LabelScore> Scores, IReadOnlyList<string> OnlyRated, IReadOnlyList<string> OnlyPredicted,
    IReadOnlyList<string> Warnings);

/// <summary>Where the uploaded file of a video removed from the library is kept.</summary>
/// <param name="KeptAt">Full path on the machine where Studio runs.</param>
internal sealed record KeptFileView(string KeptAt);

/// <summary>The contents of a folder that Studio may read.</summary>
/// <param name="Path">The folder; null for the list of roots.</param>
/// <param name="Parent">Its parent folder if Studio may read that too; else null.</param>
/// <param name="Folders">Full paths of its sub-folders.</param>
/// <param name="Files">Full paths of its files.</param>
internal sealed record FolderView(string? Path, string? Parent, IReadOnlyList<string> Folders, IReadOnlyList<string> Files);
