using System.Collections.Immutable;
using Evoke.Curves.Measures;

namespace Evoke.Insights.Summaries;

/// <summary>Gathers the measures of one video, in the order in which they are shown.</summary>
internal sealed class MeasureCollection
{
    private readonly ImmutableArray<Measure>.Builder _measures = ImmutableArray.CreateBuilder<Measure>();
    private readonly ImmutableArray<MissingMeasure>.Builder _missing = ImmutableArray.CreateBuilder<MissingMeasure>();

    public void Add(Measure measure) => _measures.Add(measure);

    public void Miss(string key, string name, string reason) => _missing.Add(new MissingMeasure(key, name, reason));

    public MeasureList ToList() => new() { Measures = _measures.ToImmutable(), Missing = _missing.ToImmutable() };
}
