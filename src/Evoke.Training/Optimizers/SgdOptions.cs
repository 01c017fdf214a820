namespace Evoke.Training.Optimizers;

/// <summary>Settings of <see cref="Sgd"/>; the defaults are torch's.</summary>
internal sealed record SgdOptions
{
    /// <summary>Decay of the running sum of gradients, in [0,1).</summary>
    public double Momentum { get; init; }

    /// <summary>Weight decay (L2 in the gradient), 0 or more.</summary>
    public double WeightDecay { get; init; }

    /// <summary>True to look one step ahead (Nesterov).</summary>
    public bool Nesterov { get; init; }
}
