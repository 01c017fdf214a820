using Evoke.Curves.Csv;
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

    private static readonly Dictionary<string, AbsenceKind> s_kinds = Enum.GetValues<AbsenceKind>().ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly SortedDictionary<string, VideoAbsence> _byId = new(StringComparer.Ordinal);

    private bool _isSetAside;

    private AbsenceList(string path) => _path = path;

    /// <summary>What is wrong with the file if it is damaged; null if it is not. The rows above the damage count, and the next change writes a new file.
    /// The damaged one is kept as <c>gone.csv.damaged</c>.</summary>
    public AbsenceListException? Damage { get; private set; }

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
    /// <exception cref="FileReadException">The file cannot be read. A damaged one is no error: see <see cref="Damage"/>.</exception>
    public static AbsenceList Open(string folder)
    {
        AbsenceList list = new(Path.Combine(folder, FileName));
        if (!File.Exists(list._path))
        {
            return list;
        }

        try
        {
            list.Fill();
        }
        catch (AbsenceListException error)
        {
            list.Damage = error;
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

    private void Fill()
    {
        foreach (CsvRow row in CsvTable.Read(_path, s_columns, (line, problem) => new AbsenceListException(_path, line, problem)))
        {
            (string id, string kind, string message) = (row.Fields[0], row.Fields[1], row.Fields[2]);
            _byId[id] = s_kinds.TryGetValue(kind, out AbsenceKind known) ? new VideoAbsence(id, known, message)
                : throw new AbsenceListException(_path, row.Line, $"expected one of {string.Join(", ", s_kinds.Keys)}, found '{kind}'.");
        }
    }

    // Called with the lock held. A damaged file is kept for whoever wants to mend it.
    private void Write()
    {
        if (Damage is not null && !_isSetAside)
        {
            _isSetAside = true;
            DamagedFile.SetAside(_path);
        }

        CsvTable.Write(_path, s_columns, _byId.Values.Select(IReadOnlyList<string> (video) => [video.VideoId, NameOf(video.Kind), video.Message]));
    }

    private static string NameOf(AbsenceKind kind) => kind.ToString().ToLowerInvariant();
}
