using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Evoke.Encoders.Signal;

namespace Evoke.Encoders.Onnx;

/// <summary>What the JSON beside an ONNX file may say, from the code that reads it: docs/onnx.md and docs/onnx.schema.json.</summary>
internal static class OnnxDocument
{
    /// <summary>The page in Markdown, with lines ended by "\n".</summary>
    public static string ToMarkdown() =>
        $"""
        # Keys of `FILE.onnx.json`

        The JSON beside an ONNX file says what the file does not: [encoders.md](encoders.md#onnxfileoutput) shows how to write one. Every key is optional; an
        unknown key, a key that means nothing for the network, and a value that does not fit are mistakes, and all are named at once. The schema for editors is
        [onnx.schema.json](onnx.schema.json). This page and the schema are made from the code; a test keeps them in step with it.

        {Table(typeof(OnnxDescription), withKinds: true)}
        ## `spectrogram`

        Parts of the front end that differ from `frontEnd` (`vggish` if there is none). The columns are the values of the known front ends; `sampleRate` and
        `gain` stand beside `frontEnd`, not in `spectrogram`.

        {Table(typeof(OnnxSpectrogram), withKinds: false)}{Beside("sampleRate", options => options.SampleRate)}{Beside("gain", options => options.Gain)}
        """.ReplaceLineEndings("\n");

    /// <summary>The JSON Schema, with lines ended by "\n".</summary>
    public static string ToSchema()
    {
        JsonSchemaExporterOptions form = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Described };
        JsonNode schema = OnnxSidecar.Form.GetJsonSchemaAsNode(typeof(OnnxDescription), form);
        JsonObject whole = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Evoke: what an ONNX file does not say about itself",
        };
        foreach ((string key, JsonNode? value) in schema.AsObject().ToArray())
        {
            whole[key] = value?.DeepClone();
        }

        whole["type"] = "object";
        return whole.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject node)
        {
            return schema;
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            node["additionalProperties"] = false;
        }

        string? text = (context.PropertyInfo?.AttributeProvider as MemberInfo)?.GetCustomAttribute<DescriptionAttribute>()?.Description;
        if (text is not null && context.PropertyInfo is not null)
        {
            node["description"] = text;
        }

        // A constant may be true or false.
        if (context.TypeInfo.Type == typeof(IReadOnlyDictionary<string, double>))
        {
            node["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("number", "boolean") };
        }

        return node;
    }

    private static string Table(Type type, bool withKinds)
    {
        LogMelFrontEnd[] frontEnds = Enum.GetValues<LogMelFrontEnd>();
        IEnumerable<string> names = frontEnds.Select(end => $"`{OnnxSidecar.NameOf(end)}`");
        string[] heads = withKinds ? ["key", "for", "value", "meaning"] : ["key", "value", "meaning", .. names];
        StringBuilder table = new($"| {string.Join(" | ", heads)} |\n|{string.Concat(Enumerable.Repeat("---|", heads.Length))}\n");
        foreach (PropertyInfo property in type.GetProperties())
        {
            string meaning = property.GetCustomAttribute<DescriptionAttribute>()!.Description;
            string key = $"`{OnnxSidecar.KeyOf(property)}`", expected = OnnxSidecar.ExpectedOf(property.PropertyType);
            string[] cells = withKinds
                ? [key, Kinds(property.Name), expected, meaning]
                : [key, expected, meaning, .. frontEnds.Select(end => Value(property, end))];
            table.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |\n");
        }

        return table.ToString();
    }

    private static string Beside(string key, Func<LogMelOptions, double> value) => string.Create(
        CultureInfo.InvariantCulture,
        $"| `{key}` | a number | See above. | {string.Join(" | ", Enum.GetValues<LogMelFrontEnd>().Select(end => value(LogMelFrontEnds.OptionsOf(end))))} |\n");

    private static string Kinds(string property)
    {
        OnnxKind[] kinds = [.. Enum.GetValues<OnnxKind>().Where(kind => OnnxKeys.Has(kind, property))];
        return kinds.Length == Enum.GetValues<OnnxKind>().Length ? "all" : string.Join(", ", kinds.Select(OnnxSidecar.NameOf));
    }

    private static string Value(PropertyInfo property, LogMelFrontEnd frontEnd)
    {
        int? frames = LogMelFrontEnds.PatchFramesOf(frontEnd);
        OnnxSpectrogram usual = OnnxSpectrograms.Of(LogMelFrontEnds.OptionsOf(frontEnd), frames ?? 1) with { PatchFrames = frames };
        return property.GetValue(usual) switch
        {
            null => "-",
            Enum value => JsonSerializer.Serialize(value, value.GetType(), OnnxSidecar.Form).Trim('"'),
            bool value => value ? "true" : "false",
            object value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }
}
