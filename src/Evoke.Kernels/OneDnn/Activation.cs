namespace Evoke.Kernels.OneDnn;

/// <summary>What a layer does to each number of its output.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x Φ(x), the exact form with erf.</summary>
    Gelu,
}
