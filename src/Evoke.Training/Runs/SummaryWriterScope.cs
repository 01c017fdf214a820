using TorchSharp;
using TorchSharp.Modules;

namespace Evoke.Training.Runs;

/// <summary>Event files for TensorBoard, if they are wanted.</summary>
internal sealed class SummaryWriterScope(string? folder) : IDisposable
{
    private readonly SummaryWriter? _writer = folder is null ? null : torch.utils.tensorboard.SummaryWriter(folder);

    /// <summary>Writes what an epoch gave.</summary>
    public void Write(int epoch, double learningRate, double loss, ValidationScores? scores)
    {
        if (_writer is null)
        {
            return;
        }

        _writer.add_scalar("train/loss", (float)loss, epoch);
        _writer.add_scalar("train/learning_rate", (float)learningRate, epoch);
        if (scores is null)
        {
            return;
        }

        foreach ((string name, double score) in scores.ByName)
        {
            _writer.add_scalar($"validation/{name}", (float)score, epoch);
        }

        for (int emotion = 0; emotion < scores.All.Scheme.Count; emotion++)
        {
            _writer.add_scalar($"pearson/{scores.All.Scheme.Names[emotion]}", (float)scores.All.PearsonByEmotion[emotion], epoch);
        }
    }

    /// <summary>Nothing to close: each value is written through.</summary>
    public void Dispose()
    {
    }
}
