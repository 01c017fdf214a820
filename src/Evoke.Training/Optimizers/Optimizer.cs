using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Training.Optimizers;

/// <summary>
/// Updates weights from their gradients. Its whole memory is in <see cref="State"/>, so that a run can stop after any step and resume bit for bit.
/// </summary>
/// <remarks>
/// On the CPU each step is one pass over memory on all cores; other devices use torch's operations. Both follow torch's formulas. One thread at a time.
/// </remarks>
internal abstract class Optimizer : IDisposable
{
    private readonly ImmutableArray<StateTensor> _state;

    /// <summary>Allocates the state of an optimizer.</summary>
    /// <param name="parameters">The weights: float32 and contiguous, each name once.</param>
    /// <param name="learningRate">The initial learning rate.</param>
    /// <param name="slots">Names of the tensors that are kept for each weight, for example "exp_avg".</param>
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
                    $"'{parameter.Name}' is {parameter.Value.dtype}; trained weights must be contiguous float32.", nameof(parameters));
            }

            foreach (string slot in slots)
            {
                state.Add(new($"{slot}.{parameter.Name}", zeros_like(parameter.Value).DetachFromDisposeScope()));
            }
        }

        _state = state.ToImmutable();
    }

    /// <summary>The learning rate; a schedule sets it.</summary>
    public double LearningRate { get; set; }

    /// <summary>How many steps have been done.</summary>
    public long Steps { get; private set; }

    /// <summary>The weights.</summary>
    public ImmutableArray<NamedParameter> Parameters { get; }

    /// <summary>Everything kept between steps besides <see cref="Steps"/>: tensors shaped like their weights, named SLOT.WEIGHT.</summary>
    public IReadOnlyList<StateTensor> State => _state;

    /// <summary>Does one step with the current gradients; a weight without a gradient stays unchanged.</summary>
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

    /// <summary>Restores a saved state.</summary>
    /// <param name="steps">What <see cref="Steps"/> was.</param>
    /// <param name="read">Returns the values of one tensor of <see cref="State"/> by its name and how many it has.</param>
    public void Restore(long steps, Func<string, long, float[]> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var noGradients = no_grad();
        Steps = steps;
        foreach (StateTensor state in _state)
        {
            using Tensor values = tensor(read(state.Name, state.Value.numel()), state.Value.shape);
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

    /// <summary>Updates one weight with Evoke's own kernel: float32 and contiguous, on the CPU.</summary>
    private protected abstract void UpdateOnCpu(Tensor weight, Tensor gradient, ReadOnlySpan<StateTensor> state);

    /// <summary>Updates one weight with torch's operations, on any device.</summary>
    private protected abstract void UpdateAnywhere(Tensor weight, Tensor gradient, ReadOnlySpan<StateTensor> state);
}
