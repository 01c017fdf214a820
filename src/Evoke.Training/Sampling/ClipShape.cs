using Evoke.Curves;
using Evoke.Curves.Randomness;

namespace Evoke.Training.Sampling;

/// <summary>The length and rate of a training clip.</summary>
/// <param name="Steps">Steps of a clip: 60 in the paper.</param>
/// <param name="Rate">Steps per second (Hz): 1 for sparse sampling, 6 for the paper's dense ablation.</param>
internal readonly record struct ClipShape(int Steps, Rate Rate)
{
    /// <summary>The number of whole-second starts at which the clip fits into a video; 1 for a video shorter than the clip.</summary>
    /// <param name="videoSteps">Steps of the video, at this rate.</param>
    public int StartsWithin(int videoSteps) => videoSteps <= Steps ? 1 : (int)Math.Floor(((videoSteps - Steps) / Rate.Hertz) + 1e-9) + 1;

    /// <summary>The step at which a clip that starts after <paramref name="second"/> whole seconds begins.</summary>
    public int StepAt(int second) => (int)Math.Floor((second * Rate.Hertz) + 1e-9);

    /// <summary>Draws the clip of one video in one epoch.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="video">The video's index in the training set.</param>
    /// <param name="videoSteps">Steps of the video, at this rate: at least 1.</param>
    /// <returns>Its first step: uniform over the whole-second starts for which the clip fits, 0 for a shorter video.</returns>
    public int Draw(long seed, int epoch, int video, int videoSteps) =>
        StepAt(CounterRandom.For(seed, RandomPurpose.ClipStart, epoch, video).NextInt(StartsWithin(videoSteps)));
}
