using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Evoke.Files.Text;

namespace Evoke.Encoders.Onnx;

/// <summary>Reads FILE.onnx.json, key by key, so that one reading names every mistake.</summary>
internal static class OnnxSidecar
{
    /// <summary>How descriptions are written: camel case, enumerations by name.</summary>
    public static JsonSerializerOptions Form { get; } = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(), // the exporter of the schema does not set it; reading and writing do
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads the description beside <paramref name="modelPath"/>; an empty one if there is none.</summary>
    /// <param name="modelPath">The ONNX file.</param>
    /// <param name="mistakes">Gets unknown keys and values of another type; such keys are left out.</param>
    /// <exception cref="OnnxModelException">The file cannot be read, or is not a JSON object.</exception>
    public static OnnxDescription Read(string modelPath, OnnxMistakes mistakes)
    {
        string path = modelPath + ".json";
        if (!File.Exists(path))
        {
            return new OnnxDescription();
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(
                file, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (OnnxDescription)ReadObject(document.RootElement, typeof(OnnxDescription), "", mistakes)
                : throw new OnnxModelException(path, "expected a JSON object: { \"kind\": \"pictures\" }.");
        }
        catch (JsonException error)
        {
            throw new OnnxModelException(path, string.Create(CultureInfo.InvariantCulture, $"line {error.LineNumber + 1}: it is not JSON."), error);
        }
        catch (InvalidOperationException error)
        {
            throw new OnnxModelException(path, "it has a text that is not Unicode.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OnnxModelException(path, error.Message, error);
        }
    }

    /// <summary>The key of a property.</summary>
    public static string KeyOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>The names of an enumeration's values in JSON.</summary>
    public static IEnumerable<string> NamesOf(Type enumeration) =>
        Enum.GetValues(enumeration).Cast<object>().Select(value => JsonSerializer.Serialize(value, enumeration, Form).Trim('"'));

    /// <summary>The name of one value of an enumeration in JSON.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonSerializer.Serialize(value, Form).Trim('"');

    private static object ReadObject(JsonElement element, Type type, string prefix, OnnxMistakes mistakes)
    {
        object read = Activator.CreateInstance(type)!;
        Dictionary<string, PropertyInfo> properties = type.GetProperties().ToDictionary(KeyOf, StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string key = prefix + member.Name;
            if (!properties.TryGetValue(member.Name, out PropertyInfo? property))
            {
                mistakes.AddKey(key, $"there is no such key; {Advice(member.Name, properties.Keys)}");
            }
            else if (!seen.Add(member.Name))
            {
                mistakes.AddKey(key, "it is there twice.");
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                property.SetValue(read, ReadValue(member.Value, property.PropertyType, key, mistakes));
            }
        }

        return read;
    }

    private static object? ReadValue(JsonElement value, Type type, string key, OnnxMistakes mistakes)
    {
        if (type == typeof(OnnxSpectrogram) && value.ValueKind == JsonValueKind.Object)
        {
            return ReadObject(value, type, key + ".", mistakes);
        }

        if (type == typeof(IReadOnlyDictionary<string, double>) && value.ValueKind == JsonValueKind.Object)
        {
            return ReadConstants(value, key, mistakes);
        }

        try
        {
            return value.Deserialize(type, Form);
        }
        catch (JsonException)
        {
            mistakes.AddKey(key, $"expected {ExpectedOf(type)}; found {Shown(value)}.");
            return null;
        }
    }

    private static SortedDictionary<string, double> ReadConstants(JsonElement element, string key, OnnxMistakes mistakes)
    {
        SortedDictionary<string, double> constants = new(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            double? number = member.Value.ValueKind switch
            {
                JsonValueKind.True => 1,
                JsonValueKind.False => 0,
                JsonValueKind.Number => member.Value.GetDouble(),
                _ => null,
            };
            if (number is { } found)
            {
                constants[member.Name] = found;
            }
            else
            {
                mistakes.AddKey($"{key}.{member.Name}", $"expected a number, true or false; found {Shown(member.Value)}.");
            }
        }

        return constants;
    }

    private static string Advice(string name, IEnumerable<string> known) =>
        Spelling.Nearest(name, known) is { } nearest ? $"did you mean \"{nearest}\"?" : $"the keys are {string.Join(", ", known)}.";

    /// <summary>What is expected of a value of a type, in words.</summary>
    public static string ExpectedOf(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            { IsEnum: true } => string.Join(" or ", NamesOf(plain)),
            _ when plain == typeof(string) => "a text",
            _ when plain == typeof(bool) => "true or false",
            _ when plain == typeof(int) => "a whole number",
            _ when plain == typeof(float) || plain == typeof(double) => "a number",
            _ when plain == typeof(IReadOnlyList<float>) => "a list of numbers",
            _ when plain == typeof(IReadOnlyDictionary<string, string>) => "an object with a text for each name",
            _ when plain == typeof(IReadOnlyDictionary<string, double>) => "an object with a number for each name",
            _ => "an object",
        };
    }

    private static string Shown(JsonElement value)
    {
        const int enough = 40;
        string text = value.GetRawText();
        return text.Length <= enough ? text : text[..enough] + "…";
    }
}
