using Evoke.Heads.Inputs;
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
            using Tensor values = tensor(file.ReadFloats(RunCheckpoint.WeightPrefix + weight.Name), weight.Value.shape);
            weight.Value.copy_(values);
        }

        network.Optimizer.Restore(state.OptimizerSteps, name => file.ReadFloats(RunCheckpoint.OptimizerPrefix + name));
        network.Average?.Restore(state.Averaged, file.ReadFloats);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private FeatureStatistics? Statistics(string name)
    {
        string mean = RunCheckpoint.MeanOf(name);
        return file.Tensors.ContainsKey(mean) ? new(file.ReadFloats(mean), file.ReadFloats(RunCheckpoint.StandardDeviationOf(name))) : null;
    }
}
