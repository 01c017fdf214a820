using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Training.Optimizers;

/// <summary>
/// Moves weights against their gradients. All that it remembers is in <see cref="State"/>, so that a run can stop at one step and go on at the next, bit
/// by bit.
/// </summary>
/// <remarks>
/// On the CPU each step is one pass over memory on all cores; elsewhere it is torch's own operations. Both follow torch's formulas. One thread at a time.
/// </remarks>
public abstract class Optimizer : IDisposable
{
    private readonly ImmutableArray<StateTensor> _state;

    /// <summary>Prepares the memory of an optimizer.</summary>
    /// <param name="parameters">The weights: float32 and contiguous, each name once.</param>
    /// <param name="learningRate">The first learning rate.</param>
    /// <param name="slots">Names of the tensors that are kept per weight, for example "exp_avg".</param>
    private protected Optimizer(IEnumerable<NamedParameter> parameters, double learningRate, params ReadOnlySpan<string> slots)
    {
        Parameters = [.. parameters];
        LearningRate = learningRate;
        var state = ImmutableArray.CreateBuilder<StateTensor>();
        using var noGradients = no_grad();
        foreach (NamedParameter parameter in Parameters)
        {
            if (parameter.Value.dtype != ScalarType.Float32 || !parameter.Value.is_contiguous())
            {
                throw new ArgumentException(
                    $"'{parameter.Name}' is {parameter.Value.dtype}; weights that are trained are contiguous float32.", nameof(parameters));
            }

            foreach (string slot in slots)
            {
                state.Add(new($"{slot}.{parameter.Name}", zeros_like(parameter.Value).DetachFromDisposeScope()));
            }
        }

        _state = state.ToImmutable();
    }

    /// <summary>The factor on each step; a schedule sets it.</summary>
    public double LearningRate { get; set; }

    /// <summary>How many steps have been done.</summary>
    public long Steps { get; private set; }

    /// <summary>The weights.</summary>
    public ImmutableArray<NamedParameter> Parameters { get; }

    /// <summary>Everything remembered between steps beside <see cref="Steps"/>: tensors shaped as their weights, named SLOT.WEIGHT.</summary>
    public IReadOnlyList<StateTensor> State => _state;

    /// <summary>Does one step with the gradients that the weights hold; a weight without a gradient stays as it is.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Steps++;
        int slots = Parameters.IsEmpty ? 0 : _state.Length / Parameters.Length;
        for (int i = 0; i < Parameters.Length; i++)
        {
            Tensor weight = Parameters[i].Value;
            if (weight.grad is not { } gradient)
            {
                continue;
            }

            ReadOnlySpan<StateTensor> state = _state.AsSpan().Slice(i * slots, slots);
            if (weight.device_type == DeviceType.CPU && gradient.dtype == ScalarType.Float32 && gradient.is_contiguous())
            {
                UpdateOnCpu(weight, gradient, state);
            }
            else
            {
                UpdateAnywhere(weight, gradient, state);
            }
        }
    }

    /// <summary>Sets all gradients to zero.</summary>
    public void ZeroGradients()
    {
        foreach (NamedParameter parameter in Parameters)
        {
            if (parameter.Value.grad is { } gradient)
            {
                gradient.zero_();
                gradient.Dispose();
            }
        }
    }

    /// <summary>Goes back to a remembered state.</summary>
    /// <param name="steps">What <see cref="Steps"/> was.</param>
    /// <param name="read">Gives the values of one of <see cref="State"/>, by its name.</param>
    public void Restore(long steps, Func<string, float[]> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var noGradients = no_grad();
        Steps = steps;
        foreach (StateTensor state in _state)
        {
            using Tensor values = tensor(read(state.Name), state.Value.shape);
            state.Value.copy_(values);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (StateTensor state in _state)
        {
            state.Value.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>One weight's step by a kernel of ours: float32 and contiguous, on the CPU.</summary>
    private protected abstract void UpdateOnCpu(Tensor weight, Tensor gradient, ReadOnlySpan<StateTensor> state);

    /// <summary>One weight's step by torch's operations, on any device.</summary>
    private protected abstract void UpdateAnywhere(Tensor weight, Tensor gradient, ReadOnlySpan<StateTensor> state);
}
