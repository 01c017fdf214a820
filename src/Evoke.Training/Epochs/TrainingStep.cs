using Evoke.Heads.Networks;
using Evoke.Training.Clips;
using Evoke.Training.Losses;
using Evoke.Training.Optimizers;
using Evoke.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Training.Epochs;

/// <summary>One batch: forward, loss, backward. Gradients accumulate on the weights until the optimizer steps.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly ReactionHead _head;
    private readonly CrossModalTerms? _crossModal;
    private readonly CurveLoss _loss;
    private readonly double _scale;
    private readonly PearsonLoss _shape = new();
    private readonly double _shapeWeight;
    private readonly Tensor? _emotionMask;
    private readonly Device _device;
    private readonly int _emotions;

    /// <summary>Creates the step of a head.</summary>
    public TrainingStep(ReactionHead head, CrossModalTerms? crossModal, Recipe recipe, float[]? emotionMask, Device device)
    {
        _head = head;
        _crossModal = crossModal;
        _loss = recipe.Catalog.LossOf(recipe.Loss);
        _scale = recipe.Loss.Scale;
        _shapeWeight = recipe.Loss.PearsonWeight;
        _device = device;
        _emotions = head.Config.Emotions;
        _emotionMask = emotionMask is null ? null : tensor(emotionMask, [1, 1, _emotions], device: device).DetachFromDisposeScope();
    }

    /// <summary>Adds the gradients of a batch.</summary>
    /// <param name="batch">The clips.</param>
    /// <param name="share">Factor on the loss: one over the number of batches per optimizer step.</param>
    /// <returns>The loss, without the share.</returns>
    public double AddGradients(ClipBatch batch, double share)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? visual = OnDevice(batch.Visual, batch.Clips, batch.Steps, _head.Config.VisualWidth);
        Tensor? audio = OnDevice(batch.Audio, batch.Clips, batch.Steps, _head.Config.AudioWidth);
        Tensor labels = OnDevice(batch.Labels, batch.Clips, batch.Steps, _emotions)!;
        Tensor? known = batch.Mask.Length == 0 ? null : OnDevice(batch.Mask, batch.Clips, batch.Steps, batch.MaskWidth);
        Tensor? mask = known is not null && _emotionMask is not null ? known * _emotionMask : known ?? _emotionMask; // [B, T, E], broadcast
        Tensor? weights = batch.Weights.Length == 0 ? null : OnDevice(batch.Weights, batch.Clips, batch.Steps, _emotions);
        HeadOutput output = _head.Run(visual, audio);
        Tensor loss = _loss.Forward(output.Curves, labels, mask, weights) * _scale;
        if (_shapeWeight > 0)
        {
            loss += _shape.Forward(output.Curves, labels, mask, weights) * _shapeWeight;
        }

        if (_crossModal is not null)
        {
            loss += _crossModal.Forward(output, tensor(batch.Videos, ScalarType.Int64, device: _device));
        }

        (loss * share).backward();
        return loss.item<float>();
    }

    /// <summary>Releases all gradients.</summary>
    public static void DropGradients(IEnumerable<NamedParameter> parameters)
    {
        foreach (NamedParameter parameter in parameters)
        {
            parameter.Value.grad = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _emotionMask?.Dispose();

    // Uses the array's memory without a copy; nothing writes to it before the scope ends.
    private Tensor? OnDevice(float[] values, int clips, int steps, int width) =>
        width == 0 ? null : frombuffer(values, ScalarType.Float32, (long)clips * steps * width).view(clips, steps, width).to(_device);
}
