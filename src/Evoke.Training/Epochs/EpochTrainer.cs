using System.Globalization;
using Evoke.Curves.Randomness;
using Evoke.Training.Clips;
using Evoke.Training.Optimizers;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;
using Evoke.Training.Sampling;
using Evoke.Training.Schedules;

namespace Evoke.Training.Epochs;

/// <summary>Trains a network on each video once: batch by batch, there and back, and a step of the optimizer.</summary>
internal sealed class EpochTrainer : IDisposable
{
    private readonly TrainRecipe _recipe;
    private readonly int _videos;
    private readonly TrainedNetwork _network;
    private readonly ClipLoader _loader;
    private readonly TrainingStep _step;
    private readonly SharpnessAware? _sharpness;
    private readonly LearningRateSchedule _schedule;

    /// <summary>Prepares for a run.</summary>
    public EpochTrainer(RunSetup plan, TrainedNetwork network)
    {
        (_recipe, _videos, _network) = (plan.Recipe.Train, plan.Train.Videos.Count, network);
        _loader = new ClipLoader(plan.Train, new ClipPlan(plan.Recipe.Data, _recipe.Seed), plan.GatherBy(network.Statistics), plan.Recipe.Data);
        _step = new TrainingStep(network.Head, network.CrossModal, plan.Recipe.Loss, EmotionMask.Of(plan.Recipe, plan.Train.Labels.Scheme), plan.Device);
        _sharpness = _recipe.SamRadius > 0 ? new SharpnessAware(network.Weights, _recipe.SamRadius) : null;
        _schedule = _recipe.ToSchedule();
    }

    /// <summary>How long the network has waited for clips, over all epochs.</summary>
    public TimeSpan Waited => _loader.Waited;

    /// <summary>The learning rate at some time.</summary>
    /// <param name="epoch">Epochs done, a fraction within one.</param>
    public double LearningRateAt(double epoch) => _recipe.LearningRate * _schedule.FactorAt(epoch);

    /// <summary>Trains one epoch.</summary>
    /// <param name="epoch">Which, from 0.</param>
    /// <param name="progress">Told after each batch: epochs done, as a fraction, and the mean loss of this one so far.</param>
    /// <param name="cancellationToken">Ends the epoch after the present batch.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="TrainingDivergedException">The loss is not a finite number.</exception>
    public double Train(int epoch, Action<double, double> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<int[]> batches = EpochOrder.Batches(_recipe.Seed, epoch, _videos, _recipe.Batch, _recipe.DropLast);
        double sum = 0;
        int done = 0;
        foreach (ClipBatch batch in _loader.Load(epoch, batches, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            double loss = AddGradients(batch, epoch, done);
            ThrowIfDiverged(epoch, done, loss);
            sum += loss;
            done++;
            if (done % _recipe.Accumulate == 0 || done == batches.Count)
            {
                Step(epoch + ((done - 1.0) / batches.Count));
            }

            progress(epoch + ((double)done / batches.Count), sum / done);
        }

        return sum / done;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _step.Dispose();
        _sharpness?.Dispose();
    }

    private double AddGradients(ClipBatch batch, int epoch, int number)
    {
        long seed = CounterRandom.For(_recipe.Seed, RandomPurpose.Dropout, epoch, number).NextSeed();
        _network.Head.Dropout.Restart(seed);
        double loss = _step.AddGradients(batch, 1.0 / _recipe.Accumulate);
        if (_sharpness is not null)
        {
            _sharpness.Climb();
            TrainingStep.DropGradients(_network.Weights);
            _network.Head.Dropout.Restart(seed); // Both gradients are of the same network: the same numbers are left out.
            _step.AddGradients(batch, 1);
            _sharpness.Return();
        }

        return loss;
    }

    private void Step(double epoch)
    {
        if (_recipe.ClipNorm > 0)
        {
            GradientClipping.ClipNorm(_network.Weights, _recipe.ClipNorm);
        }

        _network.Optimizer.LearningRate = LearningRateAt(epoch);
        _network.Optimizer.Step();
        TrainingStep.DropGradients(_network.Weights);
    }

    private static void ThrowIfDiverged(int epoch, int batch, double loss)
    {
        if (!double.IsFinite(loss))
        {
            throw new TrainingDivergedException(string.Create(
                CultureInfo.InvariantCulture,
                $"The loss is {loss} in batch {batch + 1} of epoch {epoch + 1}: either the features contain NaN or infinity, or the learning rate is too high. "
                + $"Try a smaller train.lr, or set train.clip_norm."));
        }
    }
}
