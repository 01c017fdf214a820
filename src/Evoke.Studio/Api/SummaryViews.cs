using System.Collections.Immutable;
using Evoke.Insights.Breaks;
using Evoke.Studio.Disk;

namespace Evoke.Studio.Api;

/// <summary>The places for breaks in one video.</summary>
/// <param name="VideoId">Id of the video.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="DurationSeconds">Duration of the video in seconds.</param>
/// <param name="Places">The places, the best first.</param>
/// <param name="Note">Why there is none, or what they do not rest on, as a sentence; null if there is nothing to say.</param>
internal sealed record BreaksView(string VideoId, string Model, double DurationSeconds, ImmutableArray<BreakPlace> Places, string? Note);

/// <summary>A norms file.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What its videos are called, such as "trailers".</param>
/// <param name="Model">Name of the model of its numbers.</param>
/// <param name="Videos">How many videos it has.</param>
/// <param name="Error">Why the file cannot be read any more, and then the name is its id; null if it can.</param>
internal sealed record NormView(string Id, string Name, string Model, int Videos, string? Error)
{
    internal static NormView Of(KeptNorm kept) => kept.Norm is { } norm
        ? new(kept.Id, norm.Name, norm.Model.Name, norm.Videos.Length, null)
        : new(kept.Id, kept.Id, string.Empty, 0, kept.Error);
}
