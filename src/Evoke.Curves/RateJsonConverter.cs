using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evoke.Curves;

/// <summary>A rate as a number of Hz.</summary>
internal sealed class RateJsonConverter : JsonConverter<Rate>
{
    public override Rate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        double hertz = reader.GetDouble();
        return Rate.TryCreate(hertz, out Rate rate)
            ? rate
            : throw new JsonException(FormattableString.Invariant($"expected a rate above 0 Hz, found {hertz}"));
    }

    public override void Write(Utf8JsonWriter writer, Rate value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Hertz);
}
