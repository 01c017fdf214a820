using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using Evoke.Files;

namespace Evoke.Datasets.Manifests;

/// <summary>The list of a data set's videos with their sizes and lengths: CSV with the header <c>id,path,bytes,duration</c>.</summary>
public static class Manifest
{
    private static readonly string[] Header = ["id", "path", "bytes", "duration"];
    private static readonly CsvReaderOptions Options = new() { Separator = ',', TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };

    /// <summary>Reads a manifest: a million lines take about a second.</summary>
    /// <exception cref="ManifestException">The header or a row is wrong, or an id appears twice.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ImmutableArray<ManifestEntry> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using CsvReader csv = CsvReader.FromFile(path, Options);
        if (!csv.Headers.ToArray().SequenceEqual(Header, StringComparer.Ordinal))
        {
            throw new ManifestException(path, 1, $"expected the header '{string.Join(',', Header)}'.");
        }

        ImmutableArray<ManifestEntry>.Builder entries = ImmutableArray.CreateBuilder<ManifestEntry>();
        HashSet<string> ids = new(StringComparer.Ordinal);
        while (csv.Read())
        {
            ManifestEntry entry = Row(csv, path);
            if (!ids.Add(entry.Id))
            {
                throw new ManifestException(path, csv.LineNumber, $"the id '{entry.Id}' appears twice.");
            }

            entries.Add(entry);
        }

        return entries.DrainToImmutable();
    }

    /// <summary>Writes a manifest atomically.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(IEnumerable<ManifestEntry> entries, string path) => AtomicFile.Write(path, stream =>
    {
        using StreamWriter writer = new(stream, leaveOpen: true);
        writer.Write(string.Join(',', Header) + "\n");
        foreach (ManifestEntry entry in entries)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{Quoted(entry.Id)},{Quoted(entry.Path)},{entry.Bytes},{entry.DurationSeconds:0.###}\n"));
        }
    });

    private static ManifestEntry Row(CsvReader csv, string path)
    {
        if (csv.FieldCount != Header.Length)
        {
            throw new ManifestException(
                path, csv.LineNumber, string.Create(CultureInfo.InvariantCulture, $"expected {Header.Length} fields, found {csv.FieldCount}."));
        }

        string id = csv.GetString(0);
        string file = csv.GetString(1);
        if (id.Length == 0 || file.Length == 0)
        {
            throw new ManifestException(path, csv.LineNumber, "the id or the path is empty.");
        }

        if (!csv.TryParse(2, out long bytes) || bytes < 0)
        {
            throw new ManifestException(path, csv.LineNumber, $"expected a whole number of bytes, found '{csv.GetString(2)}'.");
        }

        if (!csv.TryParse(3, out double duration) || !double.IsFinite(duration) || duration < 0)
        {
            throw new ManifestException(path, csv.LineNumber, $"expected a duration in seconds, 0 or more, found '{csv.GetString(3)}'.");
        }

        return new ManifestEntry(id, file, bytes, duration);
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
