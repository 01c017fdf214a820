using System.Runtime.InteropServices;
using System.Text.Json;
using Evoke.Files;
using Evoke.Heads.Inputs;
using Evoke.Tensors;
using Evoke.Tensors.SafeTensors;
using Evoke.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Training.Epochs;

/// <summary>A run's whole state in one file, written whole or not at all.</summary>
internal static class RunCheckpoint
{
    /// <summary>Prefix of the names of weights in the file.</summary>
    public const string WeightPrefix = "weight.";

    /// <summary>Prefix of the names of the optimizer's tensors in the file.</summary>
    public const string OptimizerPrefix = "optimizer.";

    private const string StateKey = "evoke.run";

    /// <summary>The name of the means of a modality's features.</summary>
    public static string MeanOf(string modality) => $"statistics.{modality}.mean";

    /// <summary>The name of the standard deviations of a modality's features.</summary>
    public static string StandardDeviationOf(string modality) => $"statistics.{modality}.standard_deviation";

    /// <summary>Writes a state.</summary>
    public static void Write(string path, RunState state, TrainedNetwork network) => SafeTensorsWriter.Write(
        path,
        [new(StateKey, JsonSerializer.Serialize(state, RunState.Json))],
        [
            .. network.Weights.Select(weight => Source(WeightPrefix + weight.Name, weight.Value)),
            .. network.Optimizer.State.Select(slot => Source(OptimizerPrefix + slot.Name, slot.Value)),
            .. (network.Average?.State ?? []).Select(mean => Source(mean.Name, mean.Value)),
            .. SourcesOf("visual", network.Statistics.Visual),
            .. SourcesOf("audio", network.Statistics.Audio),
        ]);

    /// <summary>Opens a checkpoint.</summary>
    /// <exception cref="RunFolderException">It is damaged.</exception>
    public static OpenRunCheckpoint Open(string path)
    {
        SafeTensorsFile file;
        try
        {
            file = SafeTensorsFile.Open(path);
        }
        catch (TensorFileException error)
        {
            throw new RunFolderException($"The checkpoint cannot be read, so the run cannot be resumed: {error.Message}", error) { IsDamage = true };
        }

        try
        {
            RunState state = JsonSerializer.Deserialize<RunState>(file.Metadata.GetValueOrDefault(StateKey, "null"), RunState.Json)
                ?? throw new JsonException($"it has no metadata '{StateKey}'");
            state.ThrowIfDamaged();
            return new OpenRunCheckpoint(file, state);
        }
        catch (JsonException error)
        {
            file.Dispose();
            throw new RunFolderException($"{path} is not a checkpoint that this version of Evoke can resume: {PlainMessage.Of(error)}", error)
            {
                IsDamage = true,
            };
        }
    }

    private static IEnumerable<TensorSource> SourcesOf(string modality, FeatureStatistics? statistics) => statistics is null
        ? []
        :
        [
            TensorSource.FromFloats(MeanOf(modality), [statistics.Width], statistics.Mean),
            TensorSource.FromFloats(StandardDeviationOf(modality), [statistics.Width], statistics.StandardDeviation),
        ];

    private static TensorSource Source(string name, Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor values = tensor.detach().cpu().contiguous();
        return TensorSource.FromFloats(name, values.shape, MemoryMarshal.Cast<byte, float>(values.bytes).ToArray());
    }
}
