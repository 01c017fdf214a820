using Evoke.Datasets.Sets;
using Evoke.Features;

namespace Evoke.Training.Clips;

/// <summary>
/// Finds the bits of codes, such as perceptual hashes: runs of neighbouring features that each have at most two values in all training videos. A bit of a hash
/// measures nothing by itself, and many of them drown what does; a single flag, such as one for cuts, is no run.
/// </summary>
internal sealed class CodeFeatures
{
    private const int LeastBits = 16;

    private readonly float[] _one;
    private readonly float[] _other;
    private readonly bool[] _hasMore;
    private bool _isEmpty = true;

    private CodeFeatures(int width) => (_one, _other, _hasMore) = (new float[width], new float[width], new bool[width]);

    /// <summary>The bits of codes among the features of each modality; none where that would leave no feature.</summary>
    /// <param name="train">The training videos.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static (IReadOnlySet<int> Visual, IReadOnlySet<int> Audio) Of(VideoSet train, CancellationToken cancellationToken)
    {
        CodeFeatures visual = new(train.Visual?.Width ?? 0), audio = new(train.Audio?.Width ?? 0);
        foreach (TrainingVideo video in train.Videos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            VideoFeatures features = train.Features.Read(video.Id);
            visual.Add(train.Visual is null || features.PictureMissing ? null : features.Visual);
            audio.Add(train.Audio is null || features.SoundMissing ? null : features.Audio);
        }

        return (visual.Found(), audio.Found());
    }

    private void Add(FeatureSequence? features)
    {
        for (int step = 0; step < (features?.Steps ?? 0); step++)
        {
            ReadOnlySpan<float> row = features!.Row(step);
            if (_isEmpty)
            {
                row.CopyTo(_one);
                row.CopyTo(_other);
                _isEmpty = false;
            }

            for (int feature = 0; feature < row.Length; feature++)
            {
                if (row[feature] == _one[feature] || row[feature] == _other[feature])
                {
                    continue;
                }

                _hasMore[feature] |= _other[feature] != _one[feature];
                _other[feature] = row[feature];
            }
        }
    }

    private HashSet<int> Found()
    {
        HashSet<int> found = [];
        for (int first = 0, end; !_isEmpty && first < _hasMore.Length; first = end + 1)
        {
            for (end = first; end < _hasMore.Length && !_hasMore[end]; end++)
            {
            }

            if (end - first >= LeastBits)
            {
                found.UnionWith(Enumerable.Range(first, end - first));
            }
        }

        return found.Count == _hasMore.Length ? [] : found;
    }
}
