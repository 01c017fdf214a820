namespace Evoke.Training.Schedules;

/// <summary>The learning rate schedule: a factor on the base rate for each epoch. A pure function, so it has no state to resume.</summary>
internal abstract record LearningRateSchedule
{
    /// <summary>The factor on the base learning rate at a point of the run.</summary>
    /// <param name="epoch">Epochs done, from 0; a fraction is a point within an epoch.</param>
    /// <returns>0 or more.</returns>
    public abstract double FactorAt(double epoch);
}

/// <summary>The same rate throughout.</summary>
internal sealed record ConstantSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double FactorAt(double epoch) => 1;
}

/// <summary>Multiplied by <paramref name="Gamma"/> from each milestone on, like torch's <c>MultiStepLR</c>; the paper's is 0.3 at epochs 40 and 80.</summary>
/// <param name="Milestones">Epochs, in any order.</param>
/// <param name="Gamma">The factor at each milestone.</param>
internal sealed record MultiStepSchedule(IReadOnlyList<int> Milestones, double Gamma) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double FactorAt(double epoch) => Math.Pow(Gamma, Milestones.Count(milestone => epoch >= milestone));
}

/// <summary>
/// Half a cosine from 1 to <paramref name="FinalFactor"/>, then constant. At whole epochs up to the end, the values equal torch's
/// <c>CosineAnnealingLR</c>.
/// </summary>
/// <param name="Epochs">Length of the decay in epochs (torch's <c>T_max</c>), above 0.</param>
/// <param name="FinalFactor">The factor at the end (torch's <c>eta_min</c> over the base rate).</param>
internal sealed record CosineSchedule(int Epochs, double FinalFactor) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double FactorAt(double epoch) => HalfCosine(Math.Min(epoch / Epochs, 1), FinalFactor);

    internal static double HalfCosine(double share, double final) => final + ((1 - final) * (1 + Math.Cos(Math.PI * share)) / 2);
}

/// <summary>
/// Cosine decays with restarts, each <paramref name="Multiplier"/> times as long as the one before, like torch's <c>CosineAnnealingWarmRestarts</c>
/// (SGDR, Loshchilov and Hutter 2017).
/// </summary>
/// <param name="FirstEpochs">Length of the first decay in epochs (torch's <c>T_0</c>), above 0.</param>
/// <param name="Multiplier">Length of each decay relative to the one before (torch's <c>T_mult</c>), 1 or more.</param>
/// <param name="FinalFactor">The factor at the end of each decay.</param>
internal sealed record CosineRestartsSchedule(int FirstEpochs, int Multiplier, double FinalFactor) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double FactorAt(double epoch)
    {
        double start = 0;
        double length = FirstEpochs;
        while (epoch >= start + length)
        {
            start += length;
            length *= Multiplier;
        }

        return CosineSchedule.HalfCosine((epoch - start) / length, FinalFactor);
    }
}

/// <summary>
/// A linear rise from <paramref name="StartFactor"/> to 1 over the first epochs, multiplied with another schedule, as with torch's <c>LinearLR</c>.
/// </summary>
/// <param name="Epochs">Length of the rise in epochs, above 0.</param>
/// <param name="StartFactor">The factor at the very start, in (0,1].</param>
/// <param name="Then">The other schedule; it also starts at epoch 0.</param>
internal sealed record WarmUpSchedule(double Epochs, double StartFactor, LearningRateSchedule Then) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double FactorAt(double epoch) =>
        Then.FactorAt(epoch) * (StartFactor + ((1 - StartFactor) * Math.Min(epoch / Epochs, 1)));
}
