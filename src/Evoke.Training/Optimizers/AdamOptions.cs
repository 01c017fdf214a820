namespace Evoke.Training.Optimizers;

/// <summary>Settings of <see cref="Adam"/>; the defaults are torch's.</summary>
internal sealed record AdamOptions
{
    /// <summary>Decay of the mean of gradients, in [0,1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of squared gradients, in [0,1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the denominator, above 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Weight decay, 0 or more.</summary>
    public double WeightDecay { get; init; }

    /// <summary>False: weight decay is L2 in the gradient (Adam). True: weights shrink directly by rate times decay (AdamW).</summary>
    public bool Decoupled { get; init; }
}
