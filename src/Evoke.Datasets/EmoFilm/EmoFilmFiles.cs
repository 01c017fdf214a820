using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;

namespace Evoke.Datasets.EmoFilm;

/// <summary>Lists of Emo-FilM's files: tables with tabs and the columns path, bytes, sha256.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static partial class EmoFilmFiles
{
    private const string Resource = "EmoFilm/files.tsv";
    private const string Header = "path\tbytes\tsha256";
    private const int HashDigits = 64;

    /// <summary>The data files of version 1.0.3 (OpenNeuro ds004872, CC0).</summary>
    public static ImmutableArray<EmoFilmFile> Published()
    {
        using StreamReader reader = new(typeof(EmoFilmFiles).Assembly.GetManifestResourceStream(Resource)!);
        return Read(reader, Resource);
    }

    /// <summary>Reads another list, for example of a later version.</summary>
    /// <exception cref="RatingFilesException">The list has mistakes.</exception>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    public static ImmutableArray<EmoFilmFile> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using StreamReader reader = new(path);
            return Read(reader, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }

    private static ImmutableArray<EmoFilmFile> Read(StreamReader reader, string name)
    {
        if (reader.ReadLine() is var header && header != Header)
        {
            throw new RatingFilesException(new RatingPlace(name, Row: 1), "the columns path, bytes, sha256", $"'{header}'");
        }

        MistakeList mistakes = new();
        ImmutableArray<EmoFilmFile>.Builder files = ImmutableArray.CreateBuilder<EmoFilmFile>();
        for (int row = 2; reader.ReadLine() is { } line; row++)
        {
            if (FileOf(line) is { } file)
            {
                files.Add(file);
            }
            else
            {
                mistakes.Add(
                    new RatingPlace(name, Row: row),
                    "sub-R/beh/sub-R_task-FILM_recording-ITEM_stim.tsv.gz or derivatives/Annot_FILM_stim.tsv.gz, bytes, and 64 digits of SHA-256",
                    $"'{line}'");
            }
        }

        mistakes.ThrowIfAny();
        return files.ToImmutable();
    }

    // The forms are strict: a path becomes the name of a file on this machine.
    private static EmoFilmFile? FileOf(string line)
    {
        string[] cells = line.Split('\t');
        if (cells.Length != 3 || line.Contains('\0', StringComparison.Ordinal) // .NET takes a number that ends in NUL characters.
            || !long.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            || cells[2].Length != HashDigits || !cells[2].All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        if (Trace().Match(cells[0]) is { Success: true } trace)
        {
            return new EmoFilmFile(cells[0], bytes, cells[2], trace.Groups["film"].Value, trace.Groups["rater"].Value, trace.Groups["item"].Value);
        }

        return Consensus().Match(cells[0]) is { Success: true } consensus
            ? new EmoFilmFile(cells[0], bytes, cells[2], consensus.Groups["film"].Value, null, null)
            : null;
    }

    [GeneratedRegex(@"\A(?<rater>sub-[A-Za-z0-9]+)/beh/\k<rater>_task-(?<film>[A-Za-z0-9]+)_recording-(?<item>[A-Za-z0-9]+)_stim\.tsv\.gz\z")]
    private static partial Regex Trace();

    [GeneratedRegex(@"\Aderivatives/(C_)?Annot_(?<film>[A-Za-z0-9]+)_stim\.tsv\.gz\z")]
    private static partial Regex Consensus();
}
