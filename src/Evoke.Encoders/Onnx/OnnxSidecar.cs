using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evoke.Encoders.Onnx;

/// <summary>The JSON file beside an ONNX file with what the ONNX file does not say: FILE.onnx.json.</summary>
internal static class OnnxSidecar
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads the options beside <paramref name="modelPath"/>; null if there are none.</summary>
    /// <exception cref="OnnxModelException">The file cannot be read or has an unknown option.</exception>
    public static TOptions? Read<TOptions>(string modelPath)
        where TOptions : class
    {
        string path = modelPath + ".json";
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<TOptions>(File.ReadAllBytes(path), Strict);
        }
        catch (JsonException error)
        {
            string names = string.Join(", ", typeof(TOptions).GetProperties().Select(option => Strict.PropertyNamingPolicy!.ConvertName(option.Name)));
            string where = string.Create(
                CultureInfo.InvariantCulture, $"line {error.LineNumber + 1}{(error.Path is { Length: > 2 } at ? $", \"{at[2..]}\"" : "")}");
            throw new OnnxModelException(path, $"{where}: expected a JSON object with any of {names}, each of the right type.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OnnxModelException(path, error.Message, error);
        }
    }
}
