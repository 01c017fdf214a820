using Evoke.Kernels.OneDnn;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>A float32 linear layer on the CPU whose three products, forward and backward, are oneDNN's.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public sealed class OneDnnLinearFunction : autograd.SingleTensorFunction<OneDnnLinearFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(OneDnnLinearFunction);

    /// <summary>x W^T + b: [..., k] to [..., n].</summary>
    /// <param name="input">[..., k].</param>
    /// <param name="weight">[n, k].</param>
    /// <param name="bias">[n].</param>
    public static Tensor Run(Tensor input, Tensor weight, Tensor bias)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor output = is_grad_enabled() ? apply(input, weight, bias) : OneDnnKernels.Linear(input.contiguous(), weight, bias, Activation.None);
        return output.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(vars);
        (Tensor input, Tensor weight, Tensor bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        ctx.save_for_backward([input, weight]);
        using Tensor whole = input.contiguous();
        return OneDnnKernels.Linear(whole, weight, bias, Activation.None);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(grad_output);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        List<Tensor> saved = ctx.get_saved_variables();
        (Tensor input, Tensor weight) = (saved[0], saved[1]);
        Tensor gradient = grad_output.reshape(-1, weight.shape[0]); // [rows, n]
        Tensor? ofInput = input.requires_grad ? MatrixProducts.TimesTransposed(gradient, weight.t()).view(input.shape) : null; // [..., k]
        Tensor ofWeight = MatrixProducts.TimesTransposed(gradient.t(), input.reshape(-1, weight.shape[1]).t()); // [n, k]
        Tensor ofBias = gradient.sum([0]); // [n]
        return
        [
            ofInput?.MoveToOuterDisposeScope()!, // TorchSharp accepts null for "none", although its type is not nullable.
            ofWeight.MoveToOuterDisposeScope(),
            ofBias.MoveToOuterDisposeScope(),
        ];
    }
}
