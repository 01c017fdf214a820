using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Evoke.Files.Yaml;

/// <summary>
/// Reads YAML that Evoke did not write: recipes, searches, Slurm plans. Size, depth and aliases are bounded while the text is read, before the library builds
/// its tree: some bytes of hostile text would otherwise end the process. Thread-safe.
/// </summary>
public static class YamlText
{
    /// <summary>The most characters that are read.</summary>
    public const int MaxCharacters = 1 << 20;

    /// <summary>How deep lists and sections may be nested, with aliases replaced by what they stand for.</summary>
    public const int MaxDepth = 32;

    /// <summary>The most values, keys, lists and sections, with aliases replaced by what they stand for.</summary>
    public const int MaxNodes = 20_000;

    /// <summary>Reads a text that consists of keys with values.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="mistake">Makes the caller's error from a sentence that says what is wrong, with the line.</param>
    /// <returns>The keys; none for an empty text.</returns>
    public static YamlMappingNode ReadKeys(TextReader reader, Func<string, EvokeException> mistake)
    {
        ArgumentNullException.ThrowIfNull(mistake);
        return Read(reader, mistake) switch
        {
            null => new YamlMappingNode(),
            YamlMappingNode keys => keys,
            { } other => throw mistake($"{YamlMistakes.Line(other.Start)}: expected keys with values; found {YamlMistakes.Found(other)}."),
        };
    }

    /// <summary>Reads a text that may be any value: one word, a list, keys with values.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="mistake">Makes the caller's error from a sentence that says what is wrong, with the line.</param>
    /// <returns>The value; null for an empty text.</returns>
    public static YamlNode? Read(TextReader reader, Func<string, EvokeException> mistake)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(mistake);
        BoundedYamlParser parser = new(new Parser(new StringReader(Bounded(reader, mistake))));
        try
        {
            YamlStream stream = [];
            stream.Load(parser);
            return stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
        }
        catch (YamlBoundException error)
        {
            throw mistake($"{YamlMistakes.Line(error.At)}: {error.Message}");
        }
        catch (YamlException error)
        {
            throw mistake($"{YamlMistakes.Place(error.Start)}: this is not YAML: {PlainMessage.Of(error)}");
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException or NullReferenceException
            or IndexOutOfRangeException or KeyNotFoundException or NotSupportedException or InvalidCastException or OverflowException)
        {
            // The library has these for some damaged texts.
            throw mistake($"{YamlMistakes.Line(parser.At)}: this is not YAML: {PlainMessage.Of(error)}");
        }
    }

    private static string Bounded(TextReader reader, Func<string, EvokeException> mistake)
    {
        char[] text = new char[MaxCharacters + 1];
        int length = reader.ReadBlock(text);
        return length <= MaxCharacters
            ? new string(text, 0, length)
            : throw mistake(FormattableString.Invariant($"expected at most {MaxCharacters} characters; found more."));
    }
}
