using Microsoft.ML.OnnxRuntime;

namespace Evoke.Encoders.Onnx;

/// <summary>What feeds each input of a network, and which output is used how.</summary>
internal sealed record OnnxWiring
{
    /// <summary>The input that takes pictures or sound.</summary>
    public required string Input { get; init; }

    /// <summary>The output that gives features.</summary>
    public required string Output { get; init; }

    /// <summary>Inputs that are filled with one number, sorted by name.</summary>
    public required IReadOnlyDictionary<string, double> Constants { get; init; }

    /// <summary>Inputs of the state, sorted by name, and the outputs with the next one.</summary>
    public required IReadOnlyDictionary<string, string> State { get; init; }

    /// <summary>How the output becomes a row for each item.</summary>
    public required OnnxOutput Form { get; init; }

    /// <summary>Finds out from a description.</summary>
    /// <exception cref="OnnxModelException">It is not clear which input takes pictures or sound, or which output gives features.</exception>
    public static OnnxWiring Of(
        IReadOnlyDictionary<string, NodeMetadata> inputs,
        IReadOnlyDictionary<string, NodeMetadata> outputs,
        OnnxDescription description,
        string? namedOutput,
        OnnxMistakes mistakes)
    {
        SortedDictionary<string, double> constants = new(StringComparer.Ordinal);
        foreach ((string name, double value) in description.Constants ?? new Dictionary<string, double>())
        {
            if (Has(inputs, name, "input", $"constants.{name}", mistakes))
            {
                string text = OnnxTensors.Describe(inputs[name]);
                Check(OnnxTensors.CanFill(inputs[name]), $"constants.{name}", $"the input is {text}, not numbers.", mistakes);
                Check(
                    OnnxTensors.Holds(inputs[name], value),
                    $"constants.{name}",
                    FormattableString.Invariant($"the input is {text}; expected a number that it can hold; found {value}."),
                    mistakes);
                constants[name] = value;
            }
        }

        SortedDictionary<string, string> state = new(StringComparer.Ordinal);
        foreach ((string name, string next) in description.State ?? new Dictionary<string, string>())
        {
            Check(next is not null, $"state.{name}", "expected the name of the output with the next state; found null.", mistakes);
            if (next is not null && Has(inputs, name, "input", $"state.{name}", mistakes) && Has(outputs, next, "output", $"state.{name}", mistakes))
            {
                Check(OnnxTensors.CanFill(inputs[name]), $"state.{name}", $"the input is {OnnxTensors.Describe(inputs[name])}, not numbers.", mistakes);
                state[name] = next;
            }
        }

        string? input = Choose(inputs, description.Input, constants.Keys.Concat(state.Keys), "input", mistakes);
        string? output = Choose(outputs, namedOutput ?? description.Output, state.Values, "output", mistakes);
        foreach (string unfed in inputs.Keys.Where(name => name != input && input is not null && !constants.ContainsKey(name) && !state.ContainsKey(name)))
        {
            mistakes.Add($"nothing feeds the input '{unfed}', {OnnxTensors.Describe(inputs[unfed])}: give it a number with \"constants\" or carry it with "
                + $"\"state\" in {mistakes.SettingsName}.");
        }

        if (input is null || output is null)
        {
            mistakes.ThrowIfAny();
        }

        OnnxOutput form = new(description.Pooling, description.L2 ?? false);
        if (form.WidthOf(outputs[output!].Dimensions) <= 0)
        {
            mistakes.Add($"the output '{output}' is {OnnxTensors.Describe(outputs[output!])}; expected {form.Expected}.");
        }

        return new OnnxWiring
        {
            Input = input!,
            Output = output!,
            Constants = constants,
            State = state,
            Form = form,
        };
    }

    private static void Check(bool isRight, string key, string mistake, OnnxMistakes mistakes)
    {
        if (!isRight)
        {
            mistakes.AddKey(key, mistake);
        }
    }

    private static bool Has(IReadOnlyDictionary<string, NodeMetadata> nodes, string name, string what, string key, OnnxMistakes mistakes)
    {
        Check(nodes.ContainsKey(name), key, $"the network has no {what} '{name}'; it has {Known(nodes)}.", mistakes);
        return nodes.ContainsKey(name);
    }

    private static string Known(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        string.Join(", ", nodes.Select(node => $"{node.Key} {OnnxTensors.Describe(node.Value)}"));

    private static string? Choose(
        IReadOnlyDictionary<string, NodeMetadata> nodes, string? wanted, IEnumerable<string> taken, string what, OnnxMistakes mistakes)
    {
        if (wanted is not null && !nodes.ContainsKey(wanted))
        {
            mistakes.Add($"it has no {what} '{wanted}'; it has {Known(nodes)}.");
            return null;
        }

        string[] left = wanted is null ? [.. nodes.Keys.Except(taken)] : [wanted];
        if (left.Length != 1)
        {
            string how = what == "output" ? $"#NAME after the file's name{mistakes.OrKey("output")}"
                : $"\"input\" in {mistakes.SettingsName}, and feed the others with \"constants\" or \"state\"";
            mistakes.Add($"it has several {what}s: {Known(nodes)}. Choose one with {how}.");
            return null;
        }

        NodeMetadata chosen = nodes[left[0]];
        if (OnnxTensors.IsFloat(chosen) && (chosen.Dimensions.Length > 0 || what == "output"))
        {
            return left[0];
        }

        mistakes.Add($"the {what} '{left[0]}' is {OnnxTensors.Describe(chosen)}; expected a tensor of float32 or float16.");
        return null;
    }
}
