using System.Collections.Immutable;
using Evoke.Curves.Films;
using Evoke.Curves.Measures;

namespace Evoke.Insights.Summaries;

/// <summary>Pace and loudness: facts about the film, whatever the model.</summary>
internal static class FilmMeasures
{
    private const double SilentBelowDecibels = -60;
    private const string Pace = "pace.cuts_per_minute", Mean = "loudness.mean_db", Loudest = "loudness.loudest_db", Silent = "loudness.silent_share";
    private const string PaceName = "cuts per minute", MeanName = "loudness", LoudestName = "loudest step", SilentName = "time without sound";

    public static void Add(MeasureCollection measures, FilmTrack? track, double durationSeconds)
    {
        if (track?.CutCount is { } cuts && durationSeconds > 0)
        {
            measures.Add(new Measure { Key = Pace, Name = PaceName, Value = cuts * 60 / durationSeconds, Unit = "cuts/min" });
        }
        else
        {
            measures.Miss(Pace, PaceName, "the cuts are not known: there is no picture, or the model does not read Evoke's own descriptors of it (visual-lld)");
        }

        if (track?.Loudness is { Length: > 0 } loudness)
        {
            AddLoudness(measures, loudness, track);
            return;
        }

        foreach ((string key, string name) in new[] { (Mean, MeanName), (Loudest, LoudestName), (Silent, SilentName) })
        {
            measures.Miss(key, name, "the loudness is not known: there is no sound, or the model does not read Evoke's own descriptors of it (audio-lld)");
        }
    }

    private static void AddLoudness(MeasureCollection measures, ImmutableArray<double> loudness, FilmTrack track)
    {
        // The level of the mean power, not the mean of the levels: silence must not outweigh speech.
        double mean = 10 * Math.Log10(loudness.Average(level => Math.Pow(10, level / 10)));
        int loudest = loudness.IndexOf(loudness.Max());
        measures.Add(new Measure { Key = Mean, Name = MeanName, Value = mean, Unit = "dB" });
        measures.Add(new Measure
        {
            Key = Loudest,
            Name = LoudestName,
            Value = loudness[loudest],
            Unit = "dB",
            AtSeconds = loudest / track.Rate.Hertz,
            ComparedTo = new MeasureReference("loudness of the video", mean),
        });
        double silent = loudness.Count(level => level < SilentBelowDecibels) / (double)loudness.Length;
        measures.Add(new Measure { Key = Silent, Name = SilentName, Value = silent, Unit = "share" });
    }
}
