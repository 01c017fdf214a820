using Evoke.Files;
using Evoke.Heads.Inputs;
using Evoke.Tensors;
using Evoke.Tensors.SafeTensors;
using Evoke.Training.Clips;
using Evoke.Training.Optimizers;
using Evoke.Training.Runs;
using static TorchSharp.torch;

namespace Evoke.Training.Epochs;

/// <summary>A checkpoint that is being read.</summary>
internal sealed class OpenRunCheckpoint(SafeTensorsFile file, RunState state) : IDisposable
{
    /// <summary>The state of the run.</summary>
    public RunState State => state;

    /// <summary>The statistics of the training set's features.</summary>
    public SetStatistics ReadStatistics() => new(Statistics("visual"), Statistics("audio"));

    /// <summary>Restores weights, optimizer state and average.</summary>
    public void Restore(TrainedNetwork network)
    {
        using IDisposable quiet = no_grad();
        foreach (NamedParameter weight in network.Weights)
        {
            using Tensor values = tensor(Floats(RunCheckpoint.WeightPrefix + weight.Name, weight.Value.numel()), weight.Value.shape);
            weight.Value.copy_(values);
        }

        network.Optimizer.Restore(state.OptimizerSteps, (name, count) => Floats(RunCheckpoint.OptimizerPrefix + name, count));
        network.Average?.Restore(state.Averaged, (name, count) => Floats(name, count));
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private FeatureStatistics? Statistics(string name)
    {
        string mean = RunCheckpoint.MeanOf(name);
        if (!file.Tensors.ContainsKey(mean))
        {
            return null;
        }

        float[] means = Floats(mean, null);
        float[] deviations = Floats(RunCheckpoint.StandardDeviationOf(name), means.Length);
        try
        {
            return new(means, deviations);
        }
        catch (ArgumentException error)
        {
            throw Damage($"the statistics of {name} are not numbers: {PlainMessage.Of(error)}", error);
        }
    }

    private float[] Floats(string name, long? count)
    {
        float[] values;
        try
        {
            values = file.ReadFloats(name);
        }
        catch (TensorFileException error)
        {
            throw Damage(error.Message, error);
        }

        return count is null || values.Length == count
            ? values
            : throw Damage(FormattableString.Invariant($"expected {count} numbers in '{name}', found {values.Length}."), null);
    }

    private RunFolderException Damage(string what, Exception? error) =>
        new($"The checkpoint {file.Path} is damaged, so the run cannot be resumed: {what}", error!) { IsDamage = true };
}
