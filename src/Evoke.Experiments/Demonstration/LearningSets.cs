using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Experiments.Baselines;
using Evoke.Files;
using Evoke.Heads.Reactions;
using Evoke.Training.Evaluation;

namespace Evoke.Experiments.Demonstration;

/// <summary>The videos to train on, to choose the model by, and to test on.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Train">Training videos.</param>
/// <param name="Validation">Validation videos, to choose the model by.</param>
/// <param name="Test">Test videos, unseen in training.</param>
public sealed record LearningSets(VideoSet Train, VideoSet Validation, VideoSet Test)
{
    /// <summary>The same, but each training video has the labels of the next one: nothing can be learnt but what all labels have in common.</summary>
    public LearningSets WithPermutedLabels(Rate rate)
    {
        IReadOnlyList<LabelledVideo> videos = Train.Labels.Videos;
        LabelSet permuted = new($"{Train.Labels.Name}, permuted", Train.Labels.Scheme, videos.Select((video, i) =>
            new LabelledVideo(video.VideoId, SparseToDense.Interpolate(videos[(i + 1) % videos.Count].Curves, video.Curves.Grid))));
        return this with { Train = VideoSet.Join(permuted, Train.Features, Modalities, rate) };
    }

    /// <summary>Scores a model on the test videos.</summary>
    /// <exception cref="EvokeException">Features cannot be read, or do not fit the model.</exception>
    public EvaluationReport Score(IReactionModel model, CancellationToken cancellationToken = default) =>
        Evaluator.Score(Test.Labels, model, Test.Features, cancellationToken: cancellationToken);

    /// <summary>Scores predictions from the time alone on the test videos.</summary>
    public EvaluationReport ScoreClock()
    {
        using ClockModel clock = ClockModel.Fit(Train.Labels);
        return Score(clock);
    }

    /// <summary>Scores a linear model on the same features on the test videos.</summary>
    /// <param name="options">How it is fitted; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    public EvaluationReport ScoreRidge(RidgeOptions? options = null, CancellationToken cancellationToken = default)
    {
        using RidgeModel ridge = RidgeModel.Fit(Train, Validation, options, cancellationToken);
        return Score(ridge, cancellationToken);
    }

    private ModalityChoice Modalities => (Train.Visual, Train.Audio) switch
    {
        (not null, not null) => ModalityChoice.Both,
        (not null, null) => ModalityChoice.Visual,
        _ => ModalityChoice.Audio,
    };
}
