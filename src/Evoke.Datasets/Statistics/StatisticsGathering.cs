using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Metrics;

namespace Evoke.Datasets.Statistics;

/// <summary>Collects the statistics of a label file, video by video.</summary>
internal sealed class StatisticsGathering
{
    private const int ExamplePoints = 300;

    private readonly string _path;
    private readonly LabelledVideo _first;
    private readonly EmotionGathering[] _emotions;
    private int _videos;
    private long _rows;
    private double _seconds;
    private long _gapRows;
    private int _gaps;
    private double _longestGap;

    public StatisticsGathering(string path, LabelledVideo first)
    {
        _path = path;
        _first = first;
        _emotions = [.. first.Curves.Scheme.Names.Select(name => new EmotionGathering(name))];
    }

    public void Add(EmotionCurves curves)
    {
        _videos++;
        _rows += curves.Grid.Count;
        _seconds += curves.Grid.Count / curves.Grid.Rate.Hertz;
        bool[] gaps = GapsOf(curves);
        CountGaps(gaps, curves.Grid.Rate);
        for (int emotion = 0; emotion < _emotions.Length; emotion++)
        {
            for (int step = 0; step < curves.Grid.Count; step++)
            {
                _emotions[emotion].Add(curves[step, emotion], gaps[step]);
            }

            AddPairs(curves, gaps, emotion);
        }
    }

    public DatasetStatistics Complete() => new()
    {
        Path = _path,
        Videos = _videos,
        Rows = _rows,
        Hours = _seconds / 3600,
        Rate = _first.Curves.Grid.Rate,
        GapShare = _gapRows / (double)_rows,
        Gaps = _gaps,
        LongestGapSeconds = _longestGap,
        ExampleVideo = _first.VideoId,
        Emotions = [.. _emotions.Select((emotion, column) => emotion.Complete(_rows, Example(column)))],
    };

    private static bool[] GapsOf(EmotionCurves curves)
    {
        bool[] gaps = new bool[curves.Grid.Count];
        for (int step = 0; step < gaps.Length; step++)
        {
            gaps[step] = !curves.Row(step).ContainsAnyExcept(0f);
        }

        return gaps;
    }

    private void CountGaps(bool[] gaps, Rate rate)
    {
        for (int step = 0; step < gaps.Length;)
        {
            int start = step;
            while (step < gaps.Length && gaps[step])
            {
                step++;
            }

            int length = step - start;
            if (length > 0)
            {
                _gaps++;
                _gapRows += length;
                _longestGap = Math.Max(_longestGap, length / rate.Hertz);
            }

            step += length > 0 ? 0 : 1;
        }
    }

    // At 1 Hz, both rows with labels: noise from second to second shows whatever the rate of the rows.
    private void AddPairs(EmotionCurves curves, bool[] gaps, int emotion)
    {
        int second = Math.Max(1, (int)Math.Round(curves.Grid.Rate.Hertz));
        PairedStatistics pairs = default;
        float first = float.NaN;
        bool moves = false;
        for (int step = 0; step + second < curves.Grid.Count; step += second)
        {
            if (gaps[step] || gaps[step + second])
            {
                continue;
            }

            first = float.IsNaN(first) ? curves[step, emotion] : first;
            moves |= curves[step + second, emotion] != first;
            pairs.Add(curves[step, emotion], curves[step + second, emotion]);
        }

        _emotions[emotion].AddVideo(pairs, moves && pairs.Count > 1);
    }

    private ImmutableArray<float> Example(int emotion)
    {
        EmotionCurves curves = _first.Curves;
        bool[] gaps = GapsOf(curves);
        int points = Math.Min(ExamplePoints, curves.Grid.Count);
        return [.. Enumerable.Range(0, points)
            .Select(point => (int)((long)point * curves.Grid.Count / points))
            .Select(step => gaps[step] ? float.NaN : curves[step, emotion])];
    }
}
