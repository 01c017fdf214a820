using static TorchSharp.torch;

namespace Evoke.Training.Optimizers;

/// <summary>Sharpness-aware minimisation: takes the gradient at the worst point nearby, which favours flat minima (SAM, Foret et al., ICLR 2021).</summary>
/// <remarks>
/// Per step: gradients, <see cref="Climb"/>, gradients again, <see cref="Return"/>, then the optimizer's step. The weights are restored exactly. One
/// thread at a time.
/// </remarks>
internal sealed class SharpnessAware : IDisposable
{
    private const double Epsilon = 1e-12;

    private readonly IReadOnlyList<NamedParameter> _parameters;
    private readonly double _radius;
    private readonly Tensor[] _kept;

    /// <summary>Allocates copies of the weights.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="radius">Radius of the neighbourhood (rho), above 0; 0.05 in the SAM paper.</param>
    public SharpnessAware(IEnumerable<NamedParameter> parameters, double radius)
    {
        _parameters = [.. parameters];
        _radius = radius;
        using var noGradients = no_grad();
        _kept = [.. _parameters.Select(p => empty_like(p.Value).DetachFromDisposeScope())];
    }

    /// <summary>Moves the weights by rho * g / |g|, uphill, and sets the gradients to zero.</summary>
    public void Climb()
    {
        double scale = _radius / (GradientClipping.Norm(_parameters) + Epsilon);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        for (int i = 0; i < _kept.Length; i++)
        {
            Tensor weight = _parameters[i].Value;
            _kept[i].copy_(weight);
            if (weight.grad is { } gradient)
            {
                weight.add_(gradient, scale);
                gradient.zero_();
            }
        }
    }

    /// <summary>Restores the weights; the gradients stay.</summary>
    public void Return()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        for (int i = 0; i < _kept.Length; i++)
        {
            _parameters[i].Value.copy_(_kept[i]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in _kept)
        {
            tensor.Dispose();
        }
    }
}
