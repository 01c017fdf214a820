using System.Globalization;
using Evoke.Curves.Export;
using Evoke.Curves.Measures;

namespace Evoke.Insights.Summaries;

/// <summary>Opening, calmest stretch, strongest moment, ending, peak and end.</summary>
internal static class ArousalMeasures
{
    private const double EndingSeconds = 8;
    private const double LeastShare = 0.01; // of the curve's scale, for what picture and sound add

    private static readonly int[] s_openings = [3, 8];

    public static void Add(MeasureCollection measures, SummarizedCurve? arousal, PredictionDocument document)
    {
        foreach (int seconds in s_openings)
        {
            AddWindow(measures, arousal, $"opening_{seconds}s.arousal", $"arousal in the first {seconds} s", seconds, atEnd: false);
        }

        AddCalmest(measures, arousal);
        AddStrongest(measures, document);
        double? ending = AddWindow(measures, arousal, "ending.arousal", $"arousal in the last {EndingSeconds} s", EndingSeconds, atEnd: true);
        AddPeakEnd(measures, arousal, ending);
    }

    private static double? AddWindow(MeasureCollection measures, SummarizedCurve? curve, string key, string name, double seconds, bool atEnd)
    {
        int steps = curve is null ? 0 : Math.Min(curve.Steps, curve.StepsIn(seconds));
        string? reason = WhyUnknown(curve) ?? (curve!.DurationSeconds < seconds - 1e-5
            ? string.Create(CultureInfo.InvariantCulture, $"the video is {curve.DurationSeconds:0.##} s long")
            : steps == 0 ? string.Create(CultureInfo.InvariantCulture, $"the curve has a step only every {1 / curve.Grid.Rate.Hertz:0.##} s") : null);
        int from = atEnd && curve is not null ? curve.Steps - steps : 0;
        double? value = reason is null ? curve!.MeanOver(from, from + steps) : null;
        if (value is null)
        {
            measures.Miss(key, name, reason ?? "half of its steps or more have no value");
            return null;
        }

        measures.Add(CurveMeasures.ValueOf(curve!, key, name, value.Value) with
        {
            StartSeconds = curve!.Grid.SecondsAt(from),
            EndSeconds = curve.EndOf(from + steps - 1),
            ComparedTo = CurveMeasures.MeanOf(curve),
        });
        return value;
    }

    private static void AddCalmest(MeasureCollection measures, SummarizedCurve? curve)
    {
        const string lengthKey = "calmest.seconds", lengthName = "length of the calmest stretch";
        const string valueKey = "calmest.arousal", valueName = "arousal in the calmest stretch";
        string? reason = WhyUnknown(curve) ?? (curve!.IsFlat ? "the curve of arousal is flat" : null);
        (int First, int Last)? found = reason is null ? CalmestStretch.Of(curve!) : null;
        if (found is not { } stretch)
        {
            reason ??= $"arousal is nowhere low without rising for {CalmestStretch.LeastSeconds} s";
            measures.Miss(lengthKey, lengthName, reason);
            measures.Miss(valueKey, valueName, reason);
            return;
        }

        double start = curve!.Grid.SecondsAt(stretch.First), end = curve.EndOf(stretch.Last);
        measures.Add(new Measure
        {
            Key = lengthKey,
            Name = lengthName,
            Value = end - start,
            Unit = "s",
            Curve = curve.Name,
            StartSeconds = start,
            EndSeconds = end,
            ComparedTo = new MeasureReference("length of the video", curve.DurationSeconds),
        });
        measures.Add(CurveMeasures.ValueOf(curve, valueKey, valueName, curve.MeanOver(stretch.First, stretch.Last + 1)!.Value) with
        {
            StartSeconds = start,
            EndSeconds = end,
            ComparedTo = CurveMeasures.MeanOf(curve),
        });
    }

    private static void AddStrongest(MeasureCollection measures, PredictionDocument document)
    {
        (string Key, string Name)[] all =
        [
            ("strongest.deviations", "strongest moment, above the mean"), ("strongest.picture_share", "strongest moment, share of the picture"),
            ("strongest.sound_share", "strongest moment, share of the sound"),
        ];
        StrongestMoment? moment = StrongestMoment.Of(document);
        if (moment is null)
        {
            Array.ForEach(all, one => measures.Miss(one.Key, one.Name, "the curves are flat or have no values"));
            return;
        }

        SummarizedCurve curve = new(document, moment.Column);
        Measure place = new()
        {
            Key = all[0].Key,
            Name = all[0].Name,
            Value = moment.Deviations,
            Unit = "SD",
            Curve = curve.Name,
            StartSeconds = curve.Grid.SecondsAt(moment.StartStep),
            EndSeconds = curve.EndOf(moment.EndStep),
            AtSeconds = curve.Grid.SecondsAt(moment.Step),
        };
        measures.Add(place);
        if (document.StrongestOrigin?.PictureShare(LeastShare * curve.Scale.Width) is not { } picture)
        {
            string reason = document.StrongestOrigin is null
                ? "it was not computed, or the video or the model lacks picture or sound"
                : "neither picture nor sound raises the curve there above what their average over the video gives";
            Array.ForEach(all[1..], one => measures.Miss(one.Key, one.Name, reason));
            return;
        }

        Measure share = place with { Unit = "share", Key = all[1].Key, Name = all[1].Name, Value = picture };
        measures.Add(share with { ComparedTo = new MeasureReference("share of the sound", 1 - picture) });
        measures.Add(share with
        {
            Key = all[2].Key,
            Name = all[2].Name,
            Value = 1 - picture,
            ComparedTo = new MeasureReference("share of the picture", picture),
        });
    }

    private static void AddPeakEnd(MeasureCollection measures, SummarizedCurve? curve, double? ending)
    {
        const string key = "peak_end.arousal", name = "mean of the highest arousal and that of the ending";
        if (curve is null || ending is null)
        {
            measures.Miss(key, name, WhyUnknown(curve) ?? "there is no value for the ending");
            return;
        }

        measures.Add(CurveMeasures.ValueOf(curve, key, name, (curve[curve.PeakStep()] + ending.Value) / 2) with { ComparedTo = CurveMeasures.MeanOf(curve) });
    }

    private static string? WhyUnknown(SummarizedCurve? curve) =>
        curve is null ? "the model has no curve of arousal" : curve.IsKnown ? null : "the curve of arousal has no values";
}
