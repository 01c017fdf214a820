using System.Globalization;
using System.Text;
using Evoke.Files;

namespace Evoke.Kernels.Parameters;

/// <summary>A parameter of a network.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Name">Its state-dict name.</param>
/// <param name="Shape">Extent of each dimension.</param>
public sealed record ParameterShape(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>"NAME [A, B]".</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}

/// <summary>A weight file does not fit the network it was loaded into: names are missing, unexpected or of another shape.</summary>
public sealed class WeightsMismatchException : EvokeException
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    // A file for another network differs in hundreds of names: the first few identify it.
    private const int NamesShown = 8;

    /// <summary>Creates the error.</summary>
    /// <param name="network">The network, for example "swin-l".</param>
    /// <param name="source">The weight file.</param>
    /// <param name="missing">Names that the network has and the file lacks.</param>
    /// <param name="unexpected">Names that the file has and the network lacks.</param>
    /// <param name="misshapen">For names in both, "NAME: expected [..], found [..]".</param>
    public WeightsMismatchException(
        string network, string source, IReadOnlyList<ParameterShape> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> misshapen)
        : base(Describe(network, source, missing, unexpected, misshapen))
    {
        Missing = missing;
        Unexpected = unexpected;
        Misshapen = misshapen;
    }

    /// <summary>Names that the network has and the file lacks.</summary>
    public IReadOnlyList<ParameterShape> Missing { get; }

    /// <summary>Names that the file has and the network lacks.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>Names in both, with the shape expected and the shape found.</summary>
    public IReadOnlyList<string> Misshapen { get; }

    private static string Describe(
        string network, string source, IReadOnlyList<ParameterShape> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> misshapen)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{source} does not hold the weights of {network}.");
        Append(text, "missing", [.. missing.Select(parameter => parameter.ToString())]);
        Append(text, "unexpected", unexpected);
        Append(text, "of another shape", misshapen);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string what, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $" {names.Count} {what}: {string.Join(", ", names.Take(NamesShown))}");
        text.Append(names.Count > NamesShown ? ", …" : ".");
    }
}
