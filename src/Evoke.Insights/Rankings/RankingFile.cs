using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Evoke.Curves.Csv;
using Evoke.Files;

namespace Evoke.Insights.Rankings;

/// <summary>Rankings as files: CSV for people, JSON and Parquet for programs. All three have the same columns and rows.</summary>
/// <remarks>
/// Numbers are shortest round-trip decimals; a missing one is blank in CSV and null elsewhere. Text that a spreadsheet would run is escaped in CSV
/// (<see cref="Files.Text.SpreadsheetText"/>) and stays as it is elsewhere. Equal tables become equal bytes. Thread-safe; of several writers of one file the
/// last one wins.
/// </remarks>
public static class RankingFile
{
    /// <summary>Version of the layout; increased when a reader of the older layout would be misled.</summary>
    public const int Version = 1;

    private const string Csv = ".csv", Json = ".json", Parquet = ".parquet";

    /// <summary>Throws unless a table can be written to a file of this name.</summary>
    /// <exception cref="RankingException">It ends neither in .csv nor in .json nor in .parquet.</exception>
    public static void ThrowIfOther(string path)
    {
        if (!Is(path, Csv) && !Is(path, Json) && !Is(path, Parquet))
        {
            throw new RankingException($"A ranking is written as {Csv}, {Json} or {Parquet}; found '{path}'.");
        }
    }

    /// <summary>Writes a table, whole or not at all.</summary>
    /// <param name="table">The table.</param>
    /// <param name="path">The file: .csv, .json or .parquet.</param>
    /// <param name="cancellationToken">Cancels the writing before the file is there.</param>
    /// <exception cref="RankingException">The file ends in something else.</exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static async Task WriteAsync(RankingTable table, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ThrowIfOther(path);
        cancellationToken.ThrowIfCancellationRequested();
        if (Is(path, Csv))
        {
            WriteCsv(table, path);
        }
        else if (Is(path, Json))
        {
            AtomicFile.Write(path, stream => WriteJson(table, stream));
        }
        else
        {
            byte[] bytes = await RankingParquet.BytesOfAsync(table, cancellationToken).ConfigureAwait(false);
            AtomicFile.Write(path, stream => stream.Write(bytes));
        }
    }

    /// <summary>Writes a table as a JSON document to a stream, which stays open.</summary>
    public static void WriteJson(RankingTable table, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(table);
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("format", "evoke.ranking");
        json.WriteNumber("version", Version);
        json.WriteStartArray("columns");
        foreach (RankingColumn column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("key", column.Key);
            json.WriteString("kind", column.Kind switch
            {
                RankingColumnKind.Text => "text",
                RankingColumnKind.Whole => "whole",
                _ => "number",
            });
            json.WriteString("unit", column.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        for (int row = 0; row < table.Count; row++)
        {
            json.WriteStartObject();
            foreach (RankingColumn column in table.Columns)
            {
                WriteCell(json, column, row);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCell(Utf8JsonWriter json, RankingColumn column, int row)
    {
        if (column.Kind == RankingColumnKind.Text)
        {
            json.WriteString(column.Key, column.Texts[row]);
        }
        else if (column.Numbers[row] is not { } number)
        {
            json.WriteNull(column.Key);
        }
        else if (column.Kind == RankingColumnKind.Whole)
        {
            json.WriteNumber(column.Key, (int)number);
        }
        else
        {
            json.WriteNumber(column.Key, number);
        }
    }

    private static void WriteCsv(RankingTable table, string path)
    {
        // Numbers are not escaped: a negative one would become text.
        bool[] isText = [.. table.Columns.Select(column => column.Kind == RankingColumnKind.Text)];
        CsvTable.Write(
            path,
            [.. table.Columns.Select(column => column.Key)],
            Enumerable.Range(0, table.Count).Select(row => (IReadOnlyList<string>)[.. table.Columns.Select(column => TextOf(column, row))]),
            column => isText[column]);
    }

    private static string TextOf(RankingColumn column, int row) => column.Kind == RankingColumnKind.Text
        ? column.Texts[row]
        : column.Numbers[row]?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static bool Is(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
