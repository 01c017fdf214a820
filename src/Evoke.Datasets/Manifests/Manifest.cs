using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves.Csv;
using Evoke.Files;

namespace Evoke.Datasets.Manifests;

/// <summary>The list of a data set's videos with their sizes and lengths: CSV with the header <c>id,path,bytes,duration</c>.</summary>
/// <remarks>Thread-safe; of several writers of one file the last one wins.</remarks>
public static class Manifest
{
    private static readonly string[] Header = ["id", "path", "bytes", "duration"];

    /// <summary>Reads a manifest: a million lines take about a second.</summary>
    /// <exception cref="ManifestException">The header or a row is wrong, or an id appears twice.</exception>
    /// <exception cref="FileReadException">There is no such file, or it cannot be read.</exception>
    public static ImmutableArray<ManifestEntry> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ImmutableArray<ManifestEntry>.Builder entries = ImmutableArray.CreateBuilder<ManifestEntry>();
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (CsvRow row in CsvTable.Read(path, Header, (line, problem) => new ManifestException(path, line, problem)))
        {
            ManifestEntry entry = Entry(row, path);
            if (!ids.Add(entry.Id))
            {
                throw new ManifestException(path, row.Line, $"the id '{entry.Id}' appears twice.");
            }

            entries.Add(entry);
        }

        return entries.DrainToImmutable();
    }

    /// <summary>Writes a manifest atomically.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(IEnumerable<ManifestEntry> entries, string path) => CsvTable.Write(path, Header, entries.Select(IReadOnlyList<string> (entry) =>
    [
        entry.Id,
        entry.Path,
        entry.Bytes.ToString(CultureInfo.InvariantCulture),
        entry.DurationSeconds.ToString("0.###", CultureInfo.InvariantCulture),
    ]));

    private static ManifestEntry Entry(CsvRow row, string path)
    {
        (string id, string file) = (row.Fields[0], row.Fields[1]);
        if (id.Length == 0 || file.Length == 0)
        {
            throw new ManifestException(path, row.Line, "the id or the path is empty.");
        }

        if (!long.TryParse(row.Fields[2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long bytes))
        {
            throw new ManifestException(path, row.Line, $"expected a whole number of bytes, found '{row.Fields[2]}'.");
        }

        if (!double.TryParse(row.Fields[3], NumberStyles.Float, CultureInfo.InvariantCulture, out double duration)
            || !double.IsFinite(duration) || duration < 0)
        {
            throw new ManifestException(path, row.Line, $"expected a duration in seconds, 0 or more, found '{row.Fields[3]}'.");
        }

        return new ManifestEntry(id, file, bytes, duration);
    }
}
