using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Measures;

namespace Evoke.Insights.Norms;

/// <summary>The measures of a set of videos by one model, for percentiles.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Norm
{
    /// <summary>A percentile needs the values of at least so many other videos.</summary>
    public const int MinimumVideos = 20;

    /// <summary>What the set is called: a folder's or a tag's name, such as "trailers".</summary>
    public required string Name { get; init; }

    /// <summary>The version of Evoke that computed the measures.</summary>
    public string Evoke { get; init; } = EvokeVersion.Text;

    /// <summary>The model of all curves.</summary>
    public required ModelIdentity Model { get; init; }

    /// <summary>The videos, none twice.</summary>
    public required ImmutableArray<NormVideo> Videos { get; init; }

    /// <summary>The values of each measure in ascending order, by key.</summary>
    public required ImmutableSortedDictionary<string, ImmutableArray<NormValue>> Measures { get; init; }

    /// <summary>Makes a norm. Of videos that are there twice the first counts.</summary>
    /// <param name="name">What the set is called.</param>
    /// <param name="members">At least one video, all of one model.</param>
    /// <exception cref="NormException">There is no video, or two are of different models.</exception>
    public static Norm Of(string name, IEnumerable<NormMember> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        List<NormMember> kept = [];
        foreach (NormMember member in members)
        {
            if (kept.Count > 0 && !kept[0].Model.IsSameAs(member.Model))
            {
                throw new NormException(
                    $"A norm is of one model, but '{kept[0].Video.Id}' was predicted by {kept[0].Model} and '{member.Video.Id}' by {member.Model}"
                    + $"{(kept[0].Model.ToString() == member.Model.ToString() ? " with other encoders or curves" : "")}.");
            }

            if (!kept.Any(other => other.Video.IsSameAs(member.Video)))
            {
                kept.Add(member);
            }
        }

        if (kept.Count == 0)
        {
            throw new NormException("A norm needs at least one video; found none.");
        }

        return new Norm
        {
            Name = name,
            Model = kept[0].Model,
            Videos = [.. kept.Select(member => member.Video)],
            Measures = kept.SelectMany((member, video) => member.Measures.Measures.Select(measure => (measure.Key, Value: new NormValue(measure.Value, video))))
                .GroupBy(one => one.Key, one => one.Value, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(
                    group => group.Key,
                    group => group.OrderBy(one => one.Value).ThenBy(one => one.Video).ToImmutableArray(),
                    StringComparer.Ordinal),
        };
    }

    /// <summary>Gives each measure its percentile, or the reason why it has none. The video itself is left out of the norm.</summary>
    /// <param name="list">The measures of a video.</param>
    /// <param name="document">The prediction that they are of.</param>
    public MeasureList Place(MeasureList list, PredictionDocument document) =>
        Place(new NormMember(NormVideo.Of(document), ModelIdentity.Of(document), list));

    /// <summary>Gives each measure its percentile, or the reason why it has none. The video itself is left out of the norm.</summary>
    /// <param name="member">A video with its measures; it need not be one of the norm.</param>
    public MeasureList Place(NormMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        (NormVideo video, ModelIdentity model, MeasureList list) = member;
        string? reason = model.IsSameAs(Model) ? null
            : $"the norm was made with the model {Model}, and these curves are by {model}"
                + (Model.ToString() == model.ToString() ? " with other encoders or curves" : "");
        HashSet<int> own = [.. Enumerable.Range(0, Videos.Length).Where(i => Videos[i].IsSameAs(video))];
        return list with
        {
            Norm = Name,
            Measures = [.. list.Measures.Select(measure => reason is null ? Placed(measure, own) : measure with { Standing = null, NoStanding = reason })],
        };
    }

    private Measure Placed(Measure measure, HashSet<int> own)
    {
        NormValue[] others = [.. Measures.GetValueOrDefault(measure.Key, []).Where(one => !own.Contains(one.Video))];
        if (others.Length < MinimumVideos)
        {
            return measure with
            {
                Standing = null,
                NoStanding = string.Create(
                    CultureInfo.InvariantCulture, $"a percentile needs {MinimumVideos} other videos with this number; the norm has {others.Length}"),
            };
        }

        double below = others.Count(one => one.Value < measure.Value) + (others.Count(one => one.Value == measure.Value) / 2.0);
        return measure with { Standing = new MeasureStanding(100 * below / others.Length, others.Length), NoStanding = null };
    }
}
