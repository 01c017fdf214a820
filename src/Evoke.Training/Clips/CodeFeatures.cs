using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;

namespace Evoke.Training.Clips;

/// <summary>
/// Finds the bits of codes, such as perceptual hashes: runs of neighbouring features that are often at their lowest and often at their highest value in the
/// training videos, also where bits were averaged over the pictures of a second. A bit of a hash measures nothing by itself, and many of them drown what does;
/// a single flag, such as one for cuts, is no run.
/// </summary>
internal sealed class CodeFeatures
{
    // A measurement is at its extremes in a few steps; bits of a hash that were averaged over a second are there in 17 % or more.
    private const double LeastShare = 0.1;
    private const int LeastBits = 16;

    private readonly float[] _lowest;
    private readonly float[] _highest;
    private readonly long[] _atLowest;
    private readonly long[] _atHighest;
    private long _steps;

    private CodeFeatures(int width)
    {
        (_lowest, _highest) = (new float[width], new float[width]);
        (_atLowest, _atHighest) = (new long[width], new long[width]);
        Array.Fill(_lowest, float.PositiveInfinity);
        Array.Fill(_highest, float.NegativeInfinity);
    }

    /// <summary>The bits of codes among the features of each modality; none where that would leave no feature.</summary>
    /// <param name="train">The training videos.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static (IReadOnlySet<int> Visual, IReadOnlySet<int> Audio) Of(VideoSet train, CancellationToken cancellationToken)
    {
        CodeFeatures visual = new(train.Visual?.Width ?? 0), audio = new(train.Audio?.Width ?? 0);
        foreach (TrainingVideo video in train.Videos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using IOpenFeatures open = train.Features.Open(video.Id);
            visual.Add(open.Visual);
            audio.Add(open.Audio);
        }

        return (visual.Found(), audio.Found());
    }

    private void Add(IFeatureRows? rows)
    {
        if (_lowest.Length == 0 || rows is null || rows.IsMissing)
        {
            return;
        }

        _steps += rows.Steps;
        float[] room = new float[rows.Width];
        for (int step = 0; step < rows.Steps; step++)
        {
            ReadOnlySpan<float> row = rows.Row(step, room);
            for (int feature = 0; feature < row.Length; feature++)
            {
                float value = row[feature];
                if (value <= _lowest[feature])
                {
                    _atLowest[feature] = value < _lowest[feature] ? 1 : _atLowest[feature] + 1;
                    _lowest[feature] = value;
                }

                if (value >= _highest[feature])
                {
                    _atHighest[feature] = value > _highest[feature] ? 1 : _atHighest[feature] + 1;
                    _highest[feature] = value;
                }
            }
        }
    }

    private HashSet<int> Found()
    {
        HashSet<int> found = [];
        for (int first = 0, end; first < _lowest.Length; first = end + 1)
        {
            end = first;
            while (end < _lowest.Length && IsBit(end))
            {
                end++;
            }

            if (end - first >= LeastBits)
            {
                found.UnionWith(Enumerable.Range(first, end - first));
            }
        }

        return found.Count == _lowest.Length ? [] : found;
    }

    private bool IsBit(int feature) => Math.Min(_atLowest[feature], _atHighest[feature]) >= LeastShare * _steps && _steps > 0;
}
