using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>The name and shape of one tensor of a network, known before the tensor exists.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody writes to its arrays.</remarks>
/// <param name="Name">Its state-dict name, for example "contextGate1.linear.weight".</param>
/// <param name="Shape">Its shape, outermost dimension first.</param>
public sealed record ParameterSpec(string Name, params long[] Shape)
{
    /// <summary>Its number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, length) => product * length);

    /// <summary>"name [3, 4]".</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}

/// <summary>Values per step of a head's states, before the modalities are joined.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Visual">Of <see cref="HeadOutput.VisualStates"/>.</param>
/// <param name="Audio">Of <see cref="HeadOutput.AudioStates"/>.</param>
public sealed record StateWidths(int Visual, int Audio);

/// <summary>Everything that decides the shape of a head. A head can be created from its config and its tensors alone.</summary>
/// <remarks>
/// Model files store the public properties that can be set, so they must be what JSON can hold: numbers, text, true and false, lists of these. A head of your
/// own is a record of your own that derives from this one and is registered in a <see cref="HeadCatalog"/>: docs/extending.md. Immutable and thread-safe.
/// </remarks>
public abstract record HeadConfig
{
    /// <summary>Creates a config of a kind.</summary>
    /// <param name="kind">The name of the kind: lower-case letters, digits and underscores.</param>
    protected HeadConfig(string kind) => Kind = kind;

    /// <summary>Values per step of the visual input, with the position if it is appended; 0 for a head without visual input.</summary>
    public required int VisualWidth { get; init; }

    /// <summary>Values per step of the audio input, with the position if it is appended; 0 for a head without audio input.</summary>
    public required int AudioWidth { get; init; }

    /// <summary>Number of curves, at least 1.</summary>
    public required int Emotions { get; init; }

    /// <summary>The kind of head, as recipes and model files name it.</summary>
    [JsonIgnore]
    public string Kind { get; }

    /// <summary>The head's tensors, in the order of its state dict. Creates no tensor.</summary>
    /// <exception cref="HeadConfigException">The config is not valid.</exception>
    [JsonIgnore]
    public IReadOnlyList<ParameterSpec> Parameters
    {
        get
        {
            Validate();
            return [.. DescribeParameters()];
        }
    }

    /// <summary>The widths of the states that the head gives for the losses between picture and sound (<c>loss.clip_weight</c>); null if it gives
    /// none.</summary>
    public virtual StateWidths? FindStateWidths() => null;

    /// <summary>Creates the head with random weights, from PyTorch's distributions: see <see cref="InitialWeights.Uniform"/>.</summary>
    /// <param name="seed">Determines the weights.</param>
    /// <exception cref="HeadConfigException">The config is not valid.</exception>
    public ReactionHead Create(long seed) => Create(InitialWeights.FromSeed(seed));

    /// <summary>Creates the head.</summary>
    /// <param name="initial">Its initial weights.</param>
    /// <exception cref="HeadConfigException">The config is not valid, or the head has other tensors than the config describes.</exception>
    public ReactionHead Create(InitialWeights initial)
    {
        ArgumentNullException.ThrowIfNull(initial);
        Validate();
        TorchRuntime.Start();
        ReactionHead head = Build(initial);
        if (FindDisagreement(head) is { } problem)
        {
            head.Dispose();
            throw new HeadConfigException($"The {Kind} head is not as its config describes it: {problem}.");
        }

        return head;
    }

    /// <summary>Checks that <paramref name="weights"/> are those of such a head: names and shapes. Creates no tensor.</summary>
    /// <param name="weights">The tensors of a file or a generator.</param>
    /// <param name="sourceName">The file, for the message.</param>
    /// <exception cref="HeadConfigException">The config is not valid.</exception>
    /// <exception cref="WeightsMismatchException">Names are missing, unexpected or of another shape; the message lists them.</exception>
    public void CheckWeights(IStateDict weights, string sourceName)
    {
        ArgumentNullException.ThrowIfNull(weights);
        IReadOnlyList<ParameterSpec> wanted = Parameters;
        HashSet<string> known = wanted.Select(spec => spec.Name).ToHashSet(StringComparer.Ordinal);
        List<ParameterShape> missing = [.. wanted.Where(spec => !weights.Contains(spec.Name)).Select(spec => new ParameterShape(spec.Name, spec.Shape))];
        List<string> unexpected = [.. weights.Names.Where(name => !known.Contains(name))];
        List<string> misshapen = [];
        foreach (ParameterSpec spec in wanted.Where(spec => weights.Contains(spec.Name)))
        {
            IReadOnlyList<long> found = weights.ShapeOf(spec.Name);
            if (!found.SequenceEqual(spec.Shape))
            {
                misshapen.Add($"{spec.Name}: expected [{string.Join(", ", spec.Shape)}], found [{string.Join(", ", found)}]");
            }
        }

        if (missing.Count + unexpected.Count + misshapen.Count > 0)
        {
            throw new WeightsMismatchException($"the {Kind} head", sourceName, missing, unexpected, misshapen);
        }
    }

    /// <summary>Finds every mistake of the config.</summary>
    /// <exception cref="HeadConfigException">There is at least one; the message lists all.</exception>
    public void Validate()
    {
        List<string> mistakes = [];
        if (VisualWidth < 0 || AudioWidth < 0)
        {
            mistakes.Add($"input widths must be 0 or more; found visual {VisualWidth} and audio {AudioWidth}");
        }
        else if (VisualWidth == 0 && AudioWidth == 0)
        {
            mistakes.Add("a head needs a visual or an audio input; both widths are 0");
        }

        if (Emotions < 1)
        {
            mistakes.Add($"a head must give at least 1 curve; found {Emotions}");
        }

        FindMistakes(mistakes);
        if (mistakes.Count > 0)
        {
            throw new HeadConfigException($"The config of the {Kind} head is not valid: {string.Join("; ", mistakes)}.");
        }
    }

    /// <summary>Prints what can be set, not what follows from it: a config that is not valid yet can be printed too.</summary>
    /// <param name="builder">Receives the text.</param>
    protected virtual bool PrintMembers(StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Append(CultureInfo.InvariantCulture, $"Kind = {Kind}, VisualWidth = {VisualWidth}, AudioWidth = {AudioWidth}, Emotions = {Emotions}");
        return true;
    }

    /// <summary>Creates the network of a valid config; libtorch has been started.</summary>
    /// <param name="initial">Its initial weights.</param>
    protected abstract ReactionHead Build(InitialWeights initial);

    /// <summary>The tensors of the network, in the order of its state dict: exactly those that <see cref="Build"/> gives it. Creates no tensor.</summary>
    protected abstract IEnumerable<ParameterSpec> DescribeParameters();

    /// <summary>Adds what is wrong with the settings of this kind, one clause each, in lower case and without a full stop; the widths have been
    /// checked.</summary>
    /// <param name="mistakes">Receives the clauses.</param>
    protected virtual void FindMistakes(List<string> mistakes)
    {
    }

    private string? FindDisagreement(ReactionHead head)
    {
        string[] described = [.. DescribeParameters().Select(spec => spec.ToString())];
        string[] found = [.. head.state_dict().Select(entry => new ParameterSpec(entry.Key, entry.Value.shape).ToString())];
        return described.Length == 0 ? "it describes no tensors"
            : !described.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal), StringComparer.Ordinal)
                ? $"described and not in the network: {Listed(described.Except(found))}; in the network and not described: {Listed(found.Except(described))}"
            : head.state_dict().FirstOrDefault(entry => entry.Value.dtype != ScalarType.Float32) is { Key: { } name, Value: { } odd }
                ? $"{name} is {odd.dtype}; expected Float32"
            : null;

        static string Listed(IEnumerable<string> specs) => string.Join(", ", specs) is { Length: > 0 } list ? list : "none";
    }

    private protected static void RequireAtLeastOne(List<string> mistakes, string name, int value)
    {
        if (value < 1)
        {
            mistakes.Add($"{name} must be at least 1; found {value}");
        }
    }

    private protected static void RequireDropout(List<string> mistakes, double dropout)
    {
        if (!(dropout >= 0 && dropout < 1))
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"dropout must be in [0, 1); found {dropout}"));
        }
    }
}
