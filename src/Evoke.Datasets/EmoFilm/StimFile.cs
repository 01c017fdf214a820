using System.IO.Compression;
using System.Text;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;

namespace Evoke.Datasets.EmoFilm;

/// <summary>Reads a table of numbers as Emo-FilM has them: compressed, columns divided by tabs, a row each second from 0 on, no header.</summary>
internal static class StimFile
{
    private const int MostRows = 100_000; // More than a day.
    private const int LongestRow = 1 << 16; // A few bytes of gzip can become a line of gigabytes.

    /// <summary>Reads all columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">The names of its columns. A first row that has these is skipped.</param>
    /// <returns>[columns][rows], NaN where a value is missing.</returns>
    /// <exception cref="RatingFilesException">The file has mistakes.</exception>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    public static double[][] Read(string path, IReadOnlyList<string> names)
    {
        try
        {
            using GZipStream unpacked = new(File.OpenRead(path), CompressionMode.Decompress);
            using StreamReader reader = new(unpacked);
            return Read(reader, path, names);
        }
        catch (InvalidDataException error)
        {
            throw new RatingFilesException(new RatingPlace(path), "a gzip file", "damaged data", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }

    private static double[][] Read(StreamReader reader, string path, IReadOnlyList<string> names)
    {
        MistakeList mistakes = new();
        List<double>[] columns = [.. names.Select(_ => new List<double>())];
        for (int row = 1; ReadRow(reader, new RatingPlace(path, Row: row)) is { } line; row++)
        {
            string[] cells = line.Split('\t', StringSplitOptions.TrimEntries);
            if (row == 1 && cells.SequenceEqual(names))
            {
                continue;
            }

            if (cells.Length != names.Count || row > MostRows)
            {
                string expected = row > MostRows ? $"at most {MostRows} rows" : $"{names.Count} columns";
                throw new RatingFilesException(new RatingPlace(path, Row: row), expected, row > MostRows ? "more" : $"{cells.Length}");
            }

            for (int column = 0; column < cells.Length; column++)
            {
                columns[column].Add(NumberIn(cells[column], new RatingPlace(path, Row: row), mistakes));
            }
        }

        mistakes.ThrowIfAny();
        return [.. columns.Select(column => column.ToArray())];
    }

    private static string? ReadRow(StreamReader reader, RatingPlace place)
    {
        StringBuilder row = new();
        int next;
        while ((next = reader.Read()) is >= 0 and not '\n')
        {
            row.Append((char)next);
            if (row.Length > LongestRow)
            {
                throw new RatingFilesException(place, $"a row of at most {LongestRow} characters", "more");
            }
        }

        return next < 0 && row.Length == 0 ? null : row.ToString();
    }

    private static double NumberIn(string cell, RatingPlace place, MistakeList mistakes)
    {
        if (CellText.IsMissing(cell))
        {
            return double.NaN;
        }

        if (!CellText.TryNumber(cell, out double number))
        {
            mistakes.Add(place, "a number", $"'{cell}'");
        }

        return number;
    }
}
