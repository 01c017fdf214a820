using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.Recurrent;

/// <summary>
/// A GRU on the CPU as one operation with its own backward pass, several times as fast as one operation per gate and step: the input's
/// products of all steps are one, each weight's gradient is one product, and the element-wise part is one pass over memory.
/// </summary>
/// <remarks>Same results as PyTorch's <c>nn.GRU</c>; states are kept in float32 from step to step in either arithmetic. There is no second
/// derivative. Thread-safe: the memory of a pass belongs to one call at a time.</remarks>
public sealed class FusedGru : autograd.SingleTensorFunction<FusedGru>
{
    private const string CallKey = "call";

    /// <inheritdoc/>
    public override string Name => nameof(FusedGru);

    /// <summary>Runs over whole sequences, from a state of zeros.</summary>
    /// <param name="input">[B, T, inputs], float32 or bfloat16, on the CPU.</param>
    /// <param name="weights">Float32, layer by layer, direction by direction: weight_ih, weight_hh, bias_ih, bias_hh.</param>
    /// <param name="hidden">Hidden units per direction.</param>
    /// <param name="layers">Layers.</param>
    /// <param name="directions">1 or 2.</param>
    /// <param name="masks">By layer and direction, the dropout of the states before the next layer.</param>
    /// <param name="workspaces">The network's memory.</param>
    /// <returns>[B, T, hidden * directions], in the type of the input.</returns>
    public static Tensor Run(
        Tensor input, IReadOnlyList<Tensor> weights, int hidden, int layers, int directions, DropoutMask[][] masks, GruWorkspacePool workspaces)
    {
        using DisposeScope scope = NewDisposeScope();
        GruShape shape = new(
            (int)input.shape[0], (int)input.shape[1], (int)input.shape[2], hidden, layers, directions, input.dtype == ScalarType.BFloat16, get_num_threads());
        Call call = new(workspaces.Take(shape), masks, workspaces, input.requires_grad);
        bool withGradients = is_grad_enabled() && (input.requires_grad || weights.Any(w => w.requires_grad));
        if (withGradients)
        {
            return apply([input, call, .. weights]).MoveToOuterDisposeScope();
        }

        Tensor output = Forward(input, call, weights);
        workspaces.GiveBack(call.Workspace);
        return output.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(vars);
        Tensor input = (Tensor)vars[0];
        Call call = (Call)vars[1];
        ctx.save_for_backward([input]);
        ctx.save_data(CallKey, call);
        return Forward(input, call, [.. vars.Skip(2).Cast<Tensor>()]);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(grad_output);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        Call call = (Call)ctx.get_data(CallKey);
        GruShape shape = call.Workspace.Shape;
        call.Workspace.PrepareBackward();
        Tensor input = ctx.get_saved_variables()[0];
        Tensor above = grad_output.to(input.dtype).contiguous().view(shape.Rows, shape.Outputs);
        int perLayer = 4 * shape.Directions;
        Tensor?[] gradients = new Tensor?[2 + (perLayer * shape.Layers)];
        for (int l = shape.Layers - 1; l >= 0; l--)
        {
            Tensor? below = l > 0 ? call.Workspace.InputGradient : call.InputNeedsGradient ? empty(shape.Rows, shape.Inputs, dtype: input.dtype) : null;
            new GruLayerPass(call.Workspace, l, call.Masks[l]).Backward(InputOf(call, l, input), above, below, gradients.AsSpan(2 + (l * perLayer), perLayer));
            above = below!;
        }

        gradients[0] = call.InputNeedsGradient ? above.view(input.shape) : null;
        call.Pool.GiveBack(call.Workspace);
        foreach (Tensor? gradient in gradients)
        {
            gradient?.MoveToOuterDisposeScope();
        }

        return [.. gradients.Select(gradient => gradient!)]; // TorchSharp accepts null for "none", although its type is not nullable.
    }

    private static Tensor Forward(Tensor input, Call call, IReadOnlyList<Tensor> weights)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        GruShape shape = call.Workspace.Shape;
        Tensor output = empty(shape.Batch, shape.Steps, shape.Outputs, dtype: input.dtype);
        for (int l = 0; l < shape.Layers; l++)
        {
            GruLayerPass pass = new(call.Workspace, l, call.Masks[l]);
            pass.LoadWeights([.. weights.Skip(l * 4 * shape.Directions).Take(4 * shape.Directions)]);
            pass.Forward(InputOf(call, l, input), call.Workspace.Layers[l].Dropped ?? output);
        }

        return output.MoveToOuterDisposeScope();
    }

    private static Tensor InputOf(Call call, int layer, Tensor input)
    {
        GruShape shape = call.Workspace.Shape;
        return layer == 0 ? input.detach().contiguous().view(shape.Rows, shape.Inputs) : call.Workspace.Layers[layer - 1].Dropped!;
    }

    /// <summary>One forward pass, kept for the backward pass.</summary>
    private sealed record Call(GruWorkspace Workspace, DropoutMask[][] Masks, GruWorkspacePool Pool, bool InputNeedsGradient);
}
