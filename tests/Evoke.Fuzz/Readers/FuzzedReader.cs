using System.Collections.Immutable;
using Evoke.Files;

namespace Evoke.Fuzz.Readers;

/// <summary>A reader of bytes that Evoke did not write itself, or may find damaged.</summary>
/// <param name="Name">As the command line names it.</param>
/// <param name="FileName">What its input is called on disk.</param>
/// <param name="Seeds">Undamaged inputs, made in a folder that is empty at first.</param>
/// <param name="Read">
/// Reads an input: gets the path of the file, which lies alone in its folder. It returns, or throws what the reader documents; anything else is a finding.
/// </param>
internal sealed record FuzzedReader(string Name, string FileName, Func<string, IEnumerable<byte[]>> Seeds, Func<string, Task> Read)
{
    /// <summary>True for lines of text, false for bytes with a structure.</summary>
    public bool IsText { get; init; }

    /// <summary>Words that the format knows.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Sets lengths and checksums right again, so that damage gets behind the first check; null where the format has none.</summary>
    public Func<byte[], byte[]>? Repair { get; init; }

    /// <summary>What the reader documents besides <see cref="EvokeException"/>.</summary>
    public ImmutableArray<Type> Documented { get; init; } = [];

    /// <summary>How many times as long as other readers it takes for an input: tests try so many times fewer.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>Whether an exception is one that the reader documents.</summary>
    public bool IsDocumented(Exception error) => error is EvokeException || Documented.Any(type => type.IsInstanceOfType(error));
}
