namespace Evoke.Training.Epochs;

/// <summary>Folds of the training videos, inside which choices are made. Neighbours in the label file share a fold, so that clips of one film mostly stay
/// together.</summary>
/// <param name="videos">Number of training videos.</param>
internal sealed class VideoFolds(int videos)
{
    private const int Most = 5;

    /// <summary>Number of folds: five, or as many as there are videos.</summary>
    public int Count { get; } = Math.Min(Most, videos);

    /// <summary>The fold of a video, from 0.</summary>
    /// <param name="video">Its index in the training set.</param>
    public int Of(int video) => (int)((long)video * Count / videos);
}
