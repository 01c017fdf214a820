namespace Evoke.Kernels.OneDnn;

/// <summary>The activation function of a layer.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x Φ(x), the exact form with erf.</summary>
    Gelu,
}
