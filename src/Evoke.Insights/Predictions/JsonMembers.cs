using System.Globalization;
using System.Text.Json;

namespace Evoke.Insights.Predictions;

/// <summary>Reads members of JSON objects from outside; a <see cref="FormatException"/> says what was expected and what was found.</summary>
internal static class JsonMembers
{
    private static readonly JsonDocumentOptions s_options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Parses the bytes of a file.</summary>
    /// <exception cref="JsonException">They are not JSON, or an object has a member twice.</exception>
    /// <exception cref="FormatException">A member's name is not valid Unicode.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, s_options);
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException("a member's name is not valid Unicode", error); // found while looking for members that are there twice
        }
    }

    public static JsonElement Member(this JsonElement json, string name, JsonValueKind kind) => json.Optional(name, kind)
        ?? throw new FormatException($"expected the member '{name}'; found none");

    public static JsonElement? Optional(this JsonElement json, string name, JsonValueKind kind)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"expected an object with the member '{name}'; found {Named(json.ValueKind)}");
        }

        return !json.TryGetProperty(name, out JsonElement value) ? null
            : value.ValueKind == kind ? value
            : throw new FormatException($"'{name}' must be {Named(kind)}; found {Named(value.ValueKind)}");
    }

    public static string Text(this JsonElement json, string name) => TextOf(json.Member(name, JsonValueKind.String), name);

    public static string TextOr(this JsonElement json, string name, string other) =>
        json.Optional(name, JsonValueKind.String) is { } text ? TextOf(text, name) : other;

    public static double Number(this JsonElement json, string name, double least = double.MinValue, double most = double.MaxValue) =>
        NumberOf(json.Member(name, JsonValueKind.Number), $"'{name}'", least, most);

    public static double NumberOf(JsonElement value, string what, double least = double.MinValue, double most = double.MaxValue) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most
            ? number
            : throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"{what} must be a finite number{Bounds(least, most)}; found {Short(value.GetRawText())}"));

    public static int Whole(this JsonElement json, string name, int least, int most) =>
        json.Member(name, JsonValueKind.Number).TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"'{name}' must be a whole number from {least} to {most}; found {Short(json.GetProperty(name).GetRawText())}"));

    public static IEnumerable<string> Texts(this JsonElement json, string name) => json.Member(name, JsonValueKind.Array).EnumerateArray()
        .Select(value => value.ValueKind == JsonValueKind.String
            ? TextOf(value, name)
            : throw new FormatException($"'{name}' must be a list of texts; found {Named(value.ValueKind)} in it"));

    // Half a surrogate pair, "\ud800", is valid JSON and not a text.
    private static string TextOf(JsonElement text, string name)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"'{name}' has a text that is not valid Unicode", error);
        }
    }

    private static string Bounds(double least, double most) => (least > double.MinValue, most < double.MaxValue) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $" of at least {least}"),
        _ => "",
    };

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static string Named(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "nothing",
    };
}
