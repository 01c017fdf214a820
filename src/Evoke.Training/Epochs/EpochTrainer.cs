using System.Globalization;
using Evoke.Curves.Randomness;
using Evoke.Training.Clips;
using Evoke.Training.Optimizers;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;
using Evoke.Training.Sampling;
using Evoke.Training.Schedules;

namespace Evoke.Training.Epochs;

/// <summary>Trains a network for one epoch: forward and backward pass for each batch, then an optimizer step.</summary>
internal sealed class EpochTrainer : IDisposable
{
    private readonly TrainRecipe _recipe;
    private readonly int _videos;
    private readonly TrainedNetwork _network;
    private readonly ClipLoader _loader;
    private readonly TrainingStep _step;
    private readonly SharpnessAware? _sharpness;
    private readonly LearningRateSchedule _schedule;

    /// <summary>Creates the trainer of a run.</summary>
    public EpochTrainer(RunSetup plan, TrainedNetwork network)
    {
        (_recipe, _videos, _network) = (plan.Recipe.Train, plan.Train.Videos.Count, network);
        ClipPlan clips = new(plan.Recipe.Data, _recipe.Seed, plan.Train.Labels.HasMissing, SpreadWeights.Of(plan.Recipe.Loss, plan.Train));
        _loader = new ClipLoader(plan.Train, clips, plan.GatherBy(network.Statistics), plan.Recipe.Data);
        _step = new TrainingStep(network.Head, network.CrossModal, plan.Recipe, EmotionMask.Of(plan.Recipe, plan.Train.Labels.Scheme), plan.Device);
        _sharpness = _recipe.SamRadius > 0 ? new SharpnessAware(network.Weights, _recipe.SamRadius) : null;
        _schedule = _recipe.ToSchedule();
    }

    /// <summary>Total time that the network has waited for clips, over all epochs.</summary>
    public TimeSpan Waited => _loader.Waited;

    /// <summary>The learning rate at a point of the run.</summary>
    /// <param name="epoch">Epochs done; fractional within an epoch.</param>
    public double LearningRateAt(double epoch) => _recipe.LearningRate * _schedule.FactorAt(epoch);

    /// <summary>Trains one epoch.</summary>
    /// <param name="epoch">Which, from 0.</param>
    /// <param name="progress">Called after each batch with the epochs done (fractional) and the mean loss of this epoch so far.</param>
    /// <param name="cancellationToken">Cancels after the current batch.</param>
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
            _network.Head.Dropout.Restart(seed); // Both gradients use the same dropout mask.
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
