using System.Diagnostics;
using System.Threading.Channels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Files;
using Evoke.Training.Recipes;

namespace Evoke.Training.Clips;

/// <summary>Loads the clips of the next batches on other threads while the network trains on the current one. The threads do not change the numbers.</summary>
internal sealed class ClipLoader
{
    private readonly VideoSet _set;
    private readonly ClipPlan _plan;
    private readonly StepGather _gather;
    private readonly DataRecipe _recipe;
    private readonly int _ahead;

    /// <summary>Creates the loader.</summary>
    /// <param name="set">The training videos.</param>
    /// <param name="plan">Which steps make up a clip.</param>
    /// <param name="gather">How a step is written.</param>
    /// <param name="recipe">The recipe's data section.</param>
    /// <param name="ahead">Number of batches to load ahead of the current one: at least 1.</param>
    public ClipLoader(VideoSet set, ClipPlan plan, StepGather gather, DataRecipe recipe, int ahead = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        (_set, _plan, _gather, _recipe, _ahead) = (set, plan, gather, recipe, ahead);
    }

    /// <summary>Total time that the network has waited for clips, over all epochs.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Loads the batches of an epoch in order.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="batches">Indices of the videos, batch by batch.</param>
    /// <param name="cancellationToken">Cancels loading.</param>
    /// <returns>The batches; each is valid until the next one is requested.</returns>
    /// <exception cref="EvokeException">Features cannot be read.</exception>
    public IEnumerable<ClipBatch> Load(int epoch, IReadOnlyList<int[]> batches, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        var filled = Channel.CreateBounded<Task<ClipBatch>>(_ahead);
        var empty = Channel.CreateUnbounded<ClipBatch>();
        for (int i = 0; i < _ahead + 1; i++)
        {
            empty.Writer.TryWrite(new ClipBatch());
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task feeding = Task.Run(() => Feed(epoch, batches, filled.Writer, empty.Reader, stop.Token), CancellationToken.None);
        try
        {
            for (int i = 0; i < batches.Count; i++)
            {
                long start = Stopwatch.GetTimestamp();
                ClipBatch batch = Next(filled.Reader, cancellationToken);
                Waited += Stopwatch.GetElapsedTime(start);
                yield return batch;
                empty.Writer.TryWrite(batch);
            }
        }
        finally
        {
            stop.Cancel();
            feeding.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .GetAwaiter().GetResult();
        }
    }

    /// <summary>Loads one batch.</summary>
    public void Fill(ClipBatch batch, int epoch, int[] videos)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(videos);
        PlannedClip[] clips = [.. videos.Select(video => _plan.StepsOf(_set.Videos[video], video, epoch))];
        int steps = _recipe.ClipSteps > 0 ? _recipe.ClipSteps : clips.Max(clip => clip.Steps.Length);
        int emotions = _set.Labels.Scheme.Count, masked = _plan.MaskWidth(emotions);
        batch.Shape(videos, steps, _gather.Visual?.Width ?? 0, _gather.Audio?.Width ?? 0, emotions, masked, _plan.HasWeights);
        int[] rows = new int[steps];
        for (int i = 0; i < videos.Length; i++)
        {
            for (int row = 0; row < steps; row++)
            {
                rows[row] = clips[i].StepAt(row);
            }

            TrainingVideo video = _set.Videos[videos[i]];
            using IOpenFeatures open = _set.Features.Open(video.Id);
            if (_gather.Visual is { Width: var seen })
            {
                _gather.WriteVisual(open, rows, batch.Visual.AsSpan(i * steps * seen, steps * seen));
            }

            if (_gather.Audio is { Width: var heard })
            {
                _gather.WriteAudio(open, rows, batch.Audio.AsSpan(i * steps * heard, steps * heard));
            }

            Span<float> mask = batch.Mask.AsSpan(i * steps * masked, steps * masked);
            _plan.WriteLabels(video, clips[i], batch.Labels.AsSpan(i * steps * emotions, steps * emotions), mask);
            if (_plan.HasWeights)
            {
                _plan.WriteWeights(video, clips[i], batch.Weights.AsSpan(i * steps * emotions, steps * emotions));
            }
        }
    }

    private async Task Feed(
        int epoch, IReadOnlyList<int[]> batches, ChannelWriter<Task<ClipBatch>> filled, ChannelReader<ClipBatch> empty, CancellationToken stop)
    {
        List<Task> running = [];
        try
        {
            foreach (int[] videos in batches)
            {
                ClipBatch batch = await empty.ReadAsync(stop).ConfigureAwait(false);
                Task<ClipBatch> filling = Task.Run(
                    () =>
                    {
                        Fill(batch, epoch, videos);
                        return batch;
                    },
                    stop);
                running.RemoveAll(task => task.IsCompleted);
                running.Add(filling);
                await filled.WriteAsync(filling, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            // The caller may dispose the source once this ends, so no reader may be left.
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static ClipBatch Next(ChannelReader<Task<ClipBatch>> filled, CancellationToken cancellationToken) =>
        filled.ReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult().GetAwaiter().GetResult();
}
