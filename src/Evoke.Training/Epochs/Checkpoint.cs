using System.Runtime.InteropServices;
using System.Text.Json;
using Evoke.Tensors;
using Evoke.Tensors.SafeTensors;
using Evoke.Training.Optimizers;
using Evoke.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Training.Epochs;

/// <summary>A run's whole state in one file, written whole or not at all.</summary>
internal static class Checkpoint
{
    private const string StateKey = "evoke.run";
    private const string WeightPrefix = "weight.";
    private const string OptimizerPrefix = "optimizer.";
    private const string StatisticsPrefix = "statistics.";

    /// <summary>Writes a state.</summary>
    public static void Write(string path, RunState state, TrainingTensors tensors)
    {
        List<TensorSource> sources =
        [
            .. tensors.Weights.Select(weight => Source(WeightPrefix + weight.Name, weight.Value)),
            .. tensors.Optimizer.State.Select(slot => Source(OptimizerPrefix + slot.Name, slot.Value)),
            .. (tensors.Average?.State ?? []).Select(mean => Source(mean.Name, mean.Value)),
        ];
        Add("visual", tensors.Statistics.Visual);
        Add("audio", tensors.Statistics.Audio);
        SafeTensorsWriter.Write(path, [new(StateKey, JsonSerializer.Serialize(state, RunState.Json))], sources);

        void Add(string name, Heads.Inputs.FeatureStatistics? statistics)
        {
            if (statistics is not null)
            {
                sources.Add(TensorSource.FromFloats($"{StatisticsPrefix}{name}.mean", [statistics.Width], statistics.Mean));
                sources.Add(TensorSource.FromFloats($"{StatisticsPrefix}{name}.standard_deviation", [statistics.Width], statistics.StandardDeviation));
            }
        }
    }

    /// <summary>Opens a checkpoint.</summary>
    /// <exception cref="RunFolderException">It is damaged.</exception>
    public static OpenCheckpoint Open(string path)
    {
        SafeTensorsFile file;
        try
        {
            file = SafeTensorsFile.Open(path);
        }
        catch (TensorFileException error)
        {
            throw new RunFolderException($"The checkpoint cannot be read, so that the run cannot go on: {error.Message}", error);
        }

        try
        {
            RunState state = JsonSerializer.Deserialize<RunState>(file.Metadata.GetValueOrDefault(StateKey, "null"), RunState.Json)
                ?? throw new JsonException($"it has no metadata '{StateKey}'");
            return new OpenCheckpoint(file, state);
        }
        catch (JsonException error)
        {
            file.Dispose();
            throw new RunFolderException($"{path} is no checkpoint of a run: {error.Message}", error);
        }
    }

    private static TensorSource Source(string name, Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor values = tensor.detach().cpu().contiguous();
        return TensorSource.FromFloats(name, values.shape, MemoryMarshal.Cast<byte, float>(values.bytes).ToArray());
    }

    /// <summary>A checkpoint that is being read.</summary>
    public sealed class OpenCheckpoint(SafeTensorsFile file, RunState state) : IDisposable
    {
        /// <summary>Where the run stood.</summary>
        public RunState State => state;

        /// <summary>The statistics of the training set's features.</summary>
        public SetStatistics ReadStatistics() => new(Statistics("visual"), Statistics("audio"));

        /// <summary>Puts everything back.</summary>
        public void Restore(TrainingTensors tensors)
        {
            using IDisposable quiet = no_grad();
            foreach (NamedParameter weight in tensors.Weights)
            {
                using Tensor values = tensor(file.ReadFloats(WeightPrefix + weight.Name), weight.Value.shape);
                weight.Value.copy_(values);
            }

            tensors.Optimizer.Restore(state.OptimizerSteps, name => file.ReadFloats(OptimizerPrefix + name));
            tensors.Average?.Restore(state.Averaged, file.ReadFloats);
        }

        /// <inheritdoc/>
        public void Dispose() => file.Dispose();

        private Heads.Inputs.FeatureStatistics? Statistics(string name) => file.Tensors.ContainsKey($"{StatisticsPrefix}{name}.mean")
            ? new(file.ReadFloats($"{StatisticsPrefix}{name}.mean"), file.ReadFloats($"{StatisticsPrefix}{name}.standard_deviation"))
            : null;
    }
}

/// <summary>Every number that a run changes or depends on.</summary>
/// <param name="Weights">The head's weights and those of auxiliary losses.</param>
/// <param name="Optimizer">What moves them.</param>
/// <param name="Average">Their mean; null without SWA.</param>
/// <param name="Statistics">Of the training set's features.</param>
internal sealed record TrainingTensors(IReadOnlyList<NamedParameter> Weights, Optimizer Optimizer, WeightAverage? Average, SetStatistics Statistics);
