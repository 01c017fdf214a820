using static TorchSharp.torch;

namespace Evoke.Training.Optimizers;

/// <summary>The running mean of weights over a run's last epochs, which generalises better than any one of them (SWA, Izmailov et al., UAI 2018).</summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly IReadOnlyList<NamedParameter> _parameters;
    private readonly Tensor[] _means;
    private readonly Tensor[] _kept;
    private bool _swapped;

    /// <summary>Allocates copies of the weights.</summary>
    public WeightAverage(IEnumerable<NamedParameter> parameters)
    {
        _parameters = [.. parameters];
        using var noGradients = no_grad();
        _means = [.. _parameters.Select(p => zeros_like(p.Value).DetachFromDisposeScope())];
        _kept = [.. _parameters.Select(p => empty_like(p.Value).DetachFromDisposeScope())];
    }

    /// <summary>How many sets of weights the mean is over.</summary>
    public int Count { get; private set; }

    /// <summary>The mean, by weight: "average.WEIGHT".</summary>
    public IEnumerable<StateTensor> State => _means.Select((mean, i) => new StateTensor($"average.{_parameters[i].Name}", mean));

    /// <summary>Adds the current weights to the mean.</summary>
    public void Add()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Count++;
        for (int i = 0; i < _means.Length; i++)
        {
            _means[i].add_(_parameters[i].Value - _means[i], 1.0 / Count);
        }
    }

    /// <summary>Replaces the weights by their mean until the result is disposed; then restores them exactly.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been averaged yet, or the mean is already in place.</exception>
    public IDisposable Apply()
    {
        if (Count == 0 || _swapped)
        {
            throw new InvalidOperationException(_swapped ? "The averaged weights are already in place." : "No weights have been averaged yet.");
        }

        Copy(from: i => _parameters[i].Value, to: i => _kept[i]);
        Copy(from: i => _means[i], to: i => _parameters[i].Value);
        _swapped = true;
        return new Swap(this);
    }

    /// <summary>Restores a saved mean.</summary>
    /// <param name="count">What <see cref="Count"/> was.</param>
    /// <param name="read">Returns the values of one tensor of <see cref="State"/> by its name and how many it has.</param>
    public void Restore(int count, Func<string, long, float[]> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var noGradients = no_grad();
        Count = count;
        foreach (StateTensor state in State)
        {
            using Tensor values = tensor(read(state.Name, state.Value.numel()), state.Value.shape);
            state.Value.copy_(values);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in _means.Concat(_kept))
        {
            tensor.Dispose();
        }
    }

    private void Copy(Func<int, Tensor> from, Func<int, Tensor> to)
    {
        using var noGradients = no_grad();
        for (int i = 0; i < _means.Length; i++)
        {
            to(i).copy_(from(i));
        }
    }

    private sealed class Swap(WeightAverage average) : IDisposable
    {
        public void Dispose()
        {
            if (average._swapped)
            {
                average.Copy(from: i => average._kept[i], to: i => average._parameters[i].Value);
                average._swapped = false;
            }
        }
    }
}
