using Evoke.Curves.Export;
using Evoke.Files;

namespace Evoke.Curves.Csv;

/// <summary>
/// CSV files in the EEV dataset's format: <c>YouTube ID,Timestamp (milliseconds),amusement,…</c>, one row per step, with the rows of a video together and in
/// order.
/// </summary>
/// <remarks>
/// Despite the column's name, timestamps are in microseconds: 0, 166666, 333333, … Where these would be more than <see cref="HighestRate"/>, they are taken for
/// milliseconds; <see cref="VideoTimes.Unit"/> says so. The header defines the scheme, so any list of emotion names works; a <see cref="SchemeFile"/> beside
/// the file gives their ranges, which are from 0 to 1 without it. A label that is blank or "NaN" is missing: NaN in memory. A file without label columns
/// (EEV's test file) has ids and timestamps only. The rate is read from each video's timestamps, which start
/// at 0 and are evenly spaced; a video of a single row has the rate of the one before it, or <see cref="DefaultRate"/>. Files are read as a stream:
/// no more than one video is in memory. Line numbers start at 1, the header. Thread-safe; of several writers of one file the last one wins.
/// </remarks>
public static class EevCsv
{
    /// <summary>Header of the first column in files with labels.</summary>
    public const string YouTubeId = "YouTube ID";

    /// <summary>Header of the first column in EEV's test file and in predictions.</summary>
    public const string VideoId = "Video ID";

    /// <summary>Header of the second column.</summary>
    public const string Timestamp = "Timestamp (milliseconds)";

    /// <summary>The most rows per second (Hz) of labels and predictions; timestamps that would be more do not count what they seem to.</summary>
    public const double HighestRate = 120;

    /// <summary>Rows per second in EEV (Hz).</summary>
    public static Rate DefaultRate { get; } = new(6);

    /// <summary>The emotions that a file has columns for; null if it has ids and timestamps only.</summary>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="EevCsvException">The header is not in EEV format.</exception>
    public static EmotionScheme? ReadScheme(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using EevRowReader rows = new(path);
        return rows.Scheme;
    }

    /// <summary>Reads a file with labels or predictions, video by video. The file is opened when the enumeration starts.</summary>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="EevCsvException">
    /// The file is not in EEV format, has no label columns, or a row is wrong, for example with a label outside its range; the message names the line.
    /// </exception>
    /// <exception cref="SchemeFileException">The description of its columns is not valid.</exception>
    public static IEnumerable<LabelledVideo> ReadLabels(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return EevVideoReader.ReadLabels(path);
    }

    /// <summary>Reads a file with predictions, video by video. Values may lie outside their ranges, as those of a linear model may.</summary>
    /// <param name="path">The file, opened when the enumeration starts.</param>
    /// <param name="labels">The labels that the predictions are for: without a <see cref="SchemeFile"/>, the predictions have their ranges.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="EevCsvException">The file is not in EEV format, has no label columns, or a row is wrong; the message names the line.</exception>
    /// <exception cref="SchemeFileException">The description of its columns is not valid.</exception>
    public static IEnumerable<LabelledVideo> ReadPredictions(string path, EmotionScheme labels)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(labels);
        return EevVideoReader.ReadPredictions(path, labels);
    }

    /// <summary>
    /// Reads the rows of a file, video by video, with or without label columns. Labels are not read. The file is opened when the enumeration starts.
    /// </summary>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="EevCsvException">The file is not in EEV format, or a row is wrong; the message names the line.</exception>
    public static IEnumerable<VideoTimes> ReadTimes(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return EevVideoReader.ReadTimes(path);
    }

    /// <summary>Writes the curves of one prediction, and the <see cref="SchemeFile"/> that they need.</summary>
    /// <exception cref="FileWriteException">A file cannot be written.</exception>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    public static void Write(PredictionDocument document, string path)
    {
        ArgumentNullException.ThrowIfNull(document);
        Write(document.Curves.Scheme, [new LabelledVideo(document.VideoId, document.Curves)], path);
    }

    /// <summary>Writes the curves of one prediction to a stream, which is left open.</summary>
    public static void Write(PredictionDocument document, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        using EevRowWriter rows = new(stream, VideoId, document.Curves.Scheme);
        LabelledVideo video = new(document.VideoId, document.Curves);
        rows.Write(video.Times, video.Curves);
    }

    /// <summary>
    /// Writes videos one after the other, atomically, and the <see cref="SchemeFile"/> that their scheme needs. Values are shortest round-trip numbers, a
    /// missing one (NaN) is blank; ids and names are quoted where necessary.
    /// </summary>
    /// <param name="scheme">What the columns mean.</param>
    /// <param name="videos">Videos with that scheme, each once.</param>
    /// <param name="path">The file; its folder is created if it is missing.</param>
    /// <param name="idColumn">Header of the first column: <see cref="VideoId"/> or <see cref="YouTubeId"/>.</param>
    /// <exception cref="FileWriteException">A file cannot be written.</exception>
    /// <exception cref="ArgumentException">A video has another scheme or appears twice, or a value is infinite.</exception>
    public static void Write(EmotionScheme scheme, IEnumerable<LabelledVideo> videos, string path, string idColumn = VideoId)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(videos);
        SchemeFile.Write(path, scheme);
        AtomicFile.Write(path, stream =>
        {
            using EevRowWriter rows = new(stream, idColumn, scheme);
            foreach (LabelledVideo video in videos)
            {
                rows.Write(video.Times, video.Curves);
            }
        });
    }

    /// <summary>Writes ids and timestamps only, as EEV's test file has them.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">A video appears twice.</exception>
    public static void WriteTimes(IEnumerable<VideoTimes> videos, string path)
    {
        ArgumentNullException.ThrowIfNull(videos);
        AtomicFile.Write(path, stream =>
        {
            using EevRowWriter rows = new(stream, VideoId, scheme: null);
            foreach (VideoTimes video in videos)
            {
                rows.Write(video, curves: null);
            }
        });
    }
}
