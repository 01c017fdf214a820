using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Files;
using Tensorboard;

namespace Evoke.Training.Runs;

/// <summary>A run's events for TensorBoard: one file that has each epoch of the run once, even if the run was killed.</summary>
/// <remarks>
/// TorchSharp's own writer starts a file for each process and gives all scalars the wall time 0 and the file's version a wall time in .NET ticks, which
/// makes TensorBoard's time axes useless. This class uses its messages, but with wall times in seconds since 1970, as TensorBoard expects.
/// </remarks>
internal sealed class EventFile
{
    private const string Version = "brain.Event:2";

    private readonly EmotionScheme _scheme;
    private int _epochs;

    private EventFile(string path, EmotionScheme scheme, int epochs) => (Path, _scheme, _epochs) = (path, scheme, epochs);

    /// <summary>The file.</summary>
    public string Path { get; }

    private static double Now => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

    /// <summary>Opens the file of a folder and makes it contain exactly the epochs so far; events that it already has keep their time.</summary>
    public static EventFile Open(string folder, EmotionScheme scheme, ImmutableArray<EpochMetrics> epochs)
    {
        string path = System.IO.Path.Combine(folder, "events.out.tfevents.evoke");
        List<Event> found = File.Exists(path) ? EventRecords.ReadWhole(path) : [];
        Dictionary<long, double> times = found.Where(message => message.Summary is not null).GroupBy(message => message.Step)
            .ToDictionary(epoch => epoch.Key, epoch => epoch.First().WallTime);
        double start = found is [var first, ..] ? first.WallTime : Now;
        List<Event> meant =
        [
            new Event { FileVersion = Version, WallTime = start },
            .. epochs.SelectMany(epoch => EventsOf(epoch, scheme, times.GetValueOrDefault(epoch.Epoch, Now))),
        ];
        if (!meant.SequenceEqual(found) || EventRecords.HasMore(path, found))
        {
            AtomicFile.Write(path, stream => EventRecords.Write(stream, meant));
        }

        return new EventFile(path, scheme, epochs.Length);
    }

    /// <summary>Appends the new epochs. The file is written in place, since TensorBoard follows it.</summary>
    /// <exception cref="FileWriteException">It cannot be written.</exception>
    public void Add(ImmutableArray<EpochMetrics> epochs)
    {
        try
        {
            // Not AtomicFile: the file only grows, and Open repairs a file that a kill has truncated.
            using FileStream stream = new(Path, FileMode.Append);
            EventRecords.Write(stream, epochs.Skip(_epochs).SelectMany(epoch => EventsOf(epoch, _scheme, Now)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(Path, error);
        }

        _epochs = epochs.Length;
    }

    private static IEnumerable<Event> EventsOf(EpochMetrics epoch, EmotionScheme scheme, double time)
    {
        yield return Scalar("train/loss", epoch.Loss);
        yield return Scalar("train/learning_rate", epoch.LearningRate);
        if (epoch is not { Pearson: { } pearson, PearsonDetectedOnly: { } detected, Ccc: { } concordance })
        {
            yield break;
        }

        yield return Scalar($"validation/{ValidationScores.Pearson}", pearson);
        yield return Scalar($"validation/{ValidationScores.PearsonDetectedOnly}", detected);
        yield return Scalar($"validation/{ValidationScores.Ccc}", concordance);
        for (int emotion = 0; emotion < scheme.Count; emotion++)
        {
            if (double.IsFinite(epoch.PearsonByEmotion[emotion]))
            {
                yield return Scalar($"pearson/{scheme.Names[emotion]}", epoch.PearsonByEmotion[emotion]);
            }
        }

        Event Scalar(string tag, double value) => new()
        {
            Step = epoch.Epoch,
            WallTime = time,
            Summary = new Summary { Value = { new Summary.Types.Value { Tag = tag, SimpleValue = (float)value } } },
        };
    }
}
