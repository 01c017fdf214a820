using Evoke.Curves;
using Evoke.Curves.Interpolation;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Heads.Reactions;

namespace Evoke.Training.Evaluation;

/// <summary>Predicts videos of a source one by one, and collects what users should know about their features.</summary>
internal sealed class NotedPrediction(IReactionModel model, IFeatureSource features)
{
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);

    /// <summary>The notes so far, each once.</summary>
    public IReadOnlyList<string> Notes => [.. _notes];

    /// <summary>The model's curves of a video.</summary>
    public EmotionCurves Predict(string videoId, TimeGrid grid)
    {
        VideoFeatures read = features.Read(videoId);
        _notes.UnionWith(PrecisionNotes.Of(model, read));
        return SparseToDense.Interpolate(model.Predict(read).Mean, grid);
    }
}
