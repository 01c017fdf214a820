using CsvHelper;
using Evoke.Files;

namespace Evoke.Datasets.Fetching;

/// <summary>
/// The unavailable videos, listed in gone.csv next to the downloaded ones: video id, kind (private, removed, blocked, other), message. Thread-safe.
/// </summary>
public sealed class AbsenceList
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "gone.csv";

    private static readonly string[] s_columns = ["video_id", "kind", "message"];
    private static readonly CsvReaderOptions s_options = new() { Separator = ',', TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly SortedDictionary<string, VideoAbsence> _byId = new(StringComparer.Ordinal);

    private AbsenceList(string path) => _path = path;

    /// <summary>The absent videos, in ordinal order of their ids.</summary>
    public IReadOnlyList<VideoAbsence> Videos
    {
        get
        {
            lock (_gate)
            {
                return [.. _byId.Values];
            }
        }
    }

    /// <summary>Reads the list of a folder of videos; it is empty where there is no such file.</summary>
    /// <exception cref="AbsenceListException">The file does not have the expected format.</exception>
    public static AbsenceList Open(string folder)
    {
        AbsenceList list = new(Path.Combine(folder, FileName));
        if (!File.Exists(list._path))
        {
            return list;
        }

        using CsvReader csv = CsvReader.FromFile(list._path, s_options);
        if (!csv.Headers.ToArray().SequenceEqual(s_columns, StringComparer.Ordinal))
        {
            throw new AbsenceListException(list._path, 1, $"expected the header '{string.Join(',', s_columns)}'.");
        }

        while (csv.Read())
        {
            if (csv.FieldCount != s_columns.Length || !Enum.TryParse(csv.GetString(1), ignoreCase: true, out AbsenceKind kind))
            {
                throw new AbsenceListException(list._path, csv.LineNumber, "expected an id, one of private, removed, blocked and other, and a message.");
            }

            list._byId[csv.GetString(0)] = new VideoAbsence(csv.GetString(0), kind, csv.GetString(2));
        }

        return list;
    }

    /// <summary>Why a video is absent; null if it is not known to be.</summary>
    public VideoAbsence? Find(string videoId)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(videoId);
        }
    }

    /// <summary>Adds a video and writes the file.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public void Add(VideoAbsence video)
    {
        ArgumentNullException.ThrowIfNull(video);
        lock (_gate)
        {
            _byId[video.VideoId] = video;
            Write();
        }
    }

    /// <summary>Removes a video from the list after it was downloaded.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public void Remove(string videoId)
    {
        lock (_gate)
        {
            if (_byId.Remove(videoId))
            {
                Write();
            }
        }
    }

    // Called with the lock held.
    private void Write() => AtomicFile.Write(_path, stream =>
    {
        using CsvWriter csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord(s_columns);
        foreach (VideoAbsence video in _byId.Values)
        {
            csv.WriteRecord([video.VideoId, video.Kind.ToString().ToLowerInvariant(), video.Message]);
        }
    });
}
