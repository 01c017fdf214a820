using Evoke.Curves;
using Evoke.Heads.Networks;
using Evoke.Kernels.Torch;
using Evoke.Training.Clips;
using Evoke.Training.Epochs;
using Evoke.Training.Optimizers;
using Evoke.Training.Recipes;
using static TorchSharp.torch;

namespace Evoke.Bench;

/// <summary>The paper's head at the paper's size, and its optimizer: trained step by step, as a run does it.</summary>
internal sealed class PaperHead : IDisposable
{
    public const int VisualWidth = 1536;
    public const int AudioWidth = 128;

    private readonly ReactionHead _head;
    private readonly NamedParameter[] _weights;
    private readonly Adam _adam;
    private readonly TrainingStep _step;

    /// <summary>Initialises its weights.</summary>
    public PaperHead(Recipe recipe, Precision precision)
    {
        NativeHeap.KeepFreedMemory(); // As Trainer does.
        _head = new GruHeadConfig { VisualWidth = VisualWidth, AudioWidth = AudioWidth, Emotions = EmotionScheme.Eev.Count }.Create(seed: 1);
        _head.Precision = precision;
        _head.train();
        _weights = [.. _head.named_parameters().Select(p => new NamedParameter(p.name, p.parameter))];
        _adam = new Adam(_weights, recipe.Train.LearningRate, new AdamOptions { WeightDecay = recipe.Train.WeightDecay });
        _step = new TrainingStep(_head, crossModal: null, recipe, emotionMask: null, CPU);
    }

    /// <summary>Forward, loss, backward, optimizer.</summary>
    public void Step(ClipBatch batch)
    {
        _step.AddGradients(batch, share: 1);
        _adam.Step();
        TrainingStep.DropGradients(_weights);
    }

    public void Dispose()
    {
        _step.Dispose();
        _adam.Dispose();
        _head.Dispose();
    }
}
