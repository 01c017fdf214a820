using Evoke.Curves.Measures;
using Evoke.Insights.Norms;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>The measures of many results: computed when they are first asked for, and kept in the database.</summary>
internal sealed class MeasureShelf(MeasureTable table, ResultTable results, VideoTable videos, SummarizedResults summaries)
{
    /// <summary>The videos of the library that a model has analysed, as members of a norm, by their ids.</summary>
    public IReadOnlyDictionary<string, NormMember> Members(string model)
    {
        ILookup<string, VideoRecord> known = videos.All().ToLookup(video => video.Id, StringComparer.Ordinal);
        Dictionary<string, NormMember> members = new(StringComparer.Ordinal);
        foreach (MeasuredResult result in table.All(model))
        {
            // A video that was removed a moment ago has a result, but is not in the library.
            if (known[result.VideoId].SingleOrDefault() is { } video && (result.Measures ?? Computed(video, model, result)) is { } measures)
            {
                members.Add(video.Id, new NormMember(new NormVideo(video.Stem, result.DurationSeconds), result.Identity, measures));
            }
        }

        return members;
    }

    // Null if the result was removed meanwhile.
    private MeasureList? Computed(VideoRecord video, string model, MeasuredResult known)
    {
        if (results.Find(video.Id, model) is not { } result)
        {
            return null;
        }

        MeasureList measures = summaries.Of(video, result).Measures!;
        try
        {
            table.Save(model, known with { Measures = measures });
        }
        catch (StudioDatabaseException full) when (full.IsDiskFull)
        {
            // They are shown all the same, and computed again next time.
        }

        return measures;
    }
}
