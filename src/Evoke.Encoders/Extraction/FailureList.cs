using CsvHelper;
using Evoke.Curves;

namespace Evoke.Encoders.Extraction;

/// <summary>A video that could not be read, and why.</summary>
public sealed record VideoFailure(VideoFile Video, EvokeException Error);

/// <summary>The failures of a run, kept as failures.csv: video id, path, error type, message. A run without failures leaves no such file.</summary>
public sealed class FailureList
{
    private const string FileName = "failures.csv";
    private static readonly string[] Columns = ["video_id", "path", "error", "message"];

    private readonly List<VideoFailure> _failures = [];
    private readonly string _path;

    /// <summary>A list that is empty so far.</summary>
    /// <param name="folder">Where failures.csv is kept; it is made with the first failure.</param>
    public FailureList(string folder) => _path = Path.Combine(folder, FileName);

    /// <summary>What has failed, in the order of the run.</summary>
    public IReadOnlyList<VideoFailure> Failures => _failures;

    /// <summary>Adds a failure and writes the list, so that it is there however the run ends.</summary>
    public void Add(VideoFailure failure)
    {
        _failures.Add(failure);
        Write();
    }

    /// <summary>Ends the run: a list of an earlier one does not outlive it.</summary>
    public void Save()
    {
        if (_failures.Count == 0)
        {
            File.Delete(_path);
        }
    }

    private void Write() => AtomicFile.Write(_path, stream =>
    {
        using CsvWriter csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord(Columns);
        foreach ((VideoFile video, EvokeException error) in _failures)
        {
            csv.WriteRecord([video.VideoId, video.Path, error.GetType().Name, error.Message]);
        }
    });
}
