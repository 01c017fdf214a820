using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Evoke.Heads.Networks;

namespace Evoke.Heads.ModelFiles;

/// <summary>Reads the config of a head by its <c>kind</c>, which a catalog knows; writes any.</summary>
internal sealed class HeadConfigConverter(HeadCatalog heads) : JsonConverter<HeadConfig>
{
    private const string KindKey = "kind";

    /// <exception cref="UnregisteredHeadException">The catalog has no such kind.</exception>
    public override HeadConfig? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (JsonNode.Parse(ref reader) is not JsonObject config)
        {
            throw new JsonException("The head is not an object.");
        }

        ThrowIfRepeated(config);
        if (config[KindKey] is not JsonValue named || !named.TryGetValue(out string? kind))
        {
            throw new JsonException($"The head has no '{KindKey}'.");
        }

        config.Remove(KindKey);
        return heads.TryFind(kind, out HeadEntry? entry)
            ? (HeadConfig?)config.Deserialize(entry.ConfigType, options)
            : throw new UnregisteredHeadException(kind);
    }

    // The keys of an object are compared only when one is looked for.
    private static void ThrowIfRepeated(JsonObject config)
    {
        try
        {
            _ = config.Count;
        }
        catch (ArgumentException error)
        {
            throw new JsonException("The head has a key twice.", error);
        }
    }

    public override void Write(Utf8JsonWriter writer, HeadConfig value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(KindKey, value.Kind);
        using JsonDocument config = JsonSerializer.SerializeToDocument(value, value.GetType(), options);
        foreach (JsonProperty property in config.RootElement.EnumerateObject())
        {
            property.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}

/// <summary>A description names a head that the catalog does not have.</summary>
/// <param name="kind">The head.</param>
internal sealed class UnregisteredHeadException(string kind) : JsonException($"There is no head '{kind}'.")
{
    /// <summary>The head.</summary>
    public string Kind => kind;
}
