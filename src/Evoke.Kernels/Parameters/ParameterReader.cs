using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Evoke.Kernels.Parameters;

/// <summary>Hands a network its parameters by name and keeps account: what is missing, unexpected or of another shape is listed together.</summary>
/// <remarks>
/// Networks ask for every parameter they have while they are built, then <see cref="ThrowIfIncomplete"/> is called once.
/// Not thread-safe: one thread at a time.
/// </remarks>
public sealed class ParameterReader
{
    private readonly IStateDict _source;
    private readonly string _prefix;
    private readonly Account _account;

    /// <summary>Starts reading.</summary>
    /// <param name="source">The weights.</param>
    /// <param name="network">Name of the network, for errors.</param>
    /// <param name="sourceName">Name of the weight file, for errors.</param>
    public ParameterReader(IStateDict source, string network, string sourceName)
        : this(source, "", new Account(network, sourceName))
    {
    }

    private ParameterReader(IStateDict source, string prefix, Account account)
    {
        _source = source;
        _prefix = prefix;
        _account = account;
    }

    /// <summary>The parameters below <paramref name="name"/>: <c>reader["layers"][0]</c> reads "layers.0.…".</summary>
    public ParameterReader this[string name] => new(_source, $"{_prefix}{name}.", _account);

    /// <summary>The parameters of element <paramref name="index"/> of a list.</summary>
    public ParameterReader this[int index] => this[index.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Reads one parameter as float32 on the CPU; the caller owns it.</summary>
    /// <param name="name">Its name below this reader's prefix.</param>
    /// <param name="shape">The shape that the network has for it.</param>
    /// <returns>The parameter; zeros if it is missing or of another shape, which <see cref="ThrowIfIncomplete"/> reports.</returns>
    public Tensor Read(string name, params long[] shape)
    {
        string fullName = _prefix + name;
        _account.Taken.Add(fullName);
        if (!_source.Contains(fullName))
        {
            _account.Missing.Add(new ParameterShape(fullName, shape));
            return zeros(shape);
        }

        IReadOnlyList<long> found = _source.ShapeOf(fullName);
        if (!found.SequenceEqual(shape))
        {
            _account.Misshapen.Add($"{fullName}: expected [{string.Join(", ", shape)}], found [{string.Join(", ", found)}]");
            return zeros(shape);
        }

        Tensor parameter = empty(shape);
        _source.Read(fullName, MemoryMarshal.Cast<byte, float>(parameter.bytes));
        return parameter;
    }

    /// <summary>Ends the reading.</summary>
    /// <param name="mayBeLeft">True for names that the file may hold though the network has no use for them: buffers and classifiers.</param>
    /// <exception cref="WeightsMismatchException">The file and the network do not have the same parameters.</exception>
    public void ThrowIfIncomplete(Func<string, bool> mayBeLeft)
    {
        ArgumentNullException.ThrowIfNull(mayBeLeft);
        List<string> unexpected = [.. _source.Names.Where(name => !_account.Taken.Contains(name) && !mayBeLeft(name))];
        if (_account.Missing.Count + _account.Misshapen.Count + unexpected.Count > 0)
        {
            throw new WeightsMismatchException(_account.Network, _account.SourceName, _account.Missing, unexpected, _account.Misshapen);
        }
    }

    /// <summary><see cref="ThrowIfIncomplete"/> at the end of a network's constructor: what was built is disposed if it fails.</summary>
    public void CompleteOrDispose(IDisposable network, Func<string, bool> mayBeLeft)
    {
        try
        {
            ThrowIfIncomplete(mayBeLeft);
        }
        catch (WeightsMismatchException)
        {
            network.Dispose();
            throw;
        }
    }

    private sealed record Account(string Network, string SourceName)
    {
        public HashSet<string> Taken { get; } = new(StringComparer.Ordinal);

        public List<ParameterShape> Missing { get; } = [];

        public List<string> Misshapen { get; } = [];
    }
}
