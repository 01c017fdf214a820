using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>A weighted sum of how similar a step is to steps of the training videos: y = k(x, support) A + b. Curves are not bounded. Always computed in
/// float32.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public sealed class KernelRidgeHead : ReactionHead
{
    /// <summary>The name of the steps of training videos: [N, width].</summary>
    public const string SupportName = "support";

    /// <summary>The name of their weights: [N, curves].</summary>
    public const string CoefficientsName = "coefficients";

    /// <summary>The name of what is added to each curve: [curves].</summary>
    public const string BiasName = "bias";

    /// <summary>The name of the kernel's width: [1].</summary>
    public const string WidthName = "kernel_width";

    private readonly TorchSharp.Modules.Parameter _support; // [N, visual + audio width]
    private readonly TorchSharp.Modules.Parameter _coefficients; // [N, E]
    private readonly TorchSharp.Modules.Parameter _bias; // [E]
    private readonly TorchSharp.Modules.Parameter _width; // [1]

    internal KernelRidgeHead(KernelRidgeHeadConfig config, InitialWeights initial)
        : base(config, new DropoutSource(0))
    {
        int width = config.VisualWidth + config.AudioWidth;
        _support = initial.Uniform(SupportName, width, config.Support, width);
        _coefficients = initial.Uniform(CoefficientsName, config.Support, config.Support, config.Emotions);
        _bias = initial.Uniform(BiasName, config.Support, config.Emotions);
        _width = initial.Uniform(WidthName, 1, 1);
        register_parameter(SupportName, _support);
        register_parameter(CoefficientsName, _coefficients);
        register_parameter(BiasName, _bias);
        register_parameter(WidthName, _width);
    }

    /// <summary>The kernel of two sets of steps.</summary>
    /// <param name="left">[N, width].</param>
    /// <param name="right">[M, width], of the same type.</param>
    /// <param name="kernelWidth">How fast the kernel falls with the mean squared difference of two steps' numbers: [1], above 0, of the same type.</param>
    /// <returns>[N, M], in (0, 1].</returns>
    public static Tensor KernelOf(Tensor left, Tensor right, Tensor kernelWidth)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(kernelWidth);
        Tensor squares = left.square().sum(1, keepdim: true) + right.square().sum(1, keepdim: true).t() - (2 * left.matmul(right.t()));
        return (squares.clamp_min(0) / left.shape[1] * kernelWidth.neg()).exp();
    }

    /// <inheritdoc/>
    protected override HeadOutput Compute(Tensor? visual, Tensor? audio)
    {
        Tensor input = JoinedInput.Of(visual, audio); // [B, T, D]
        Tensor kernel = KernelOf(input.reshape(-1, input.shape[2]), _support, _width); // [B T, N]
        return new HeadOutput((kernel.matmul(_coefficients) + _bias).reshape(input.shape[0], input.shape[1], Config.Emotions));
    }
}
