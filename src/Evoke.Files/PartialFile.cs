using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evoke.Files;

/// <summary>A partial download: the bytes so far, and next to them what the server said about the whole file, so that a later run can resume.</summary>
/// <remarks>It grows under a name that a later run finds again, unlike an <see cref="UnfinishedFile"/>, and is never removed by age: what has arrived is
/// worth keeping. Not thread-safe: one thread at a time.</remarks>
public sealed partial class PartialFile
{
    private readonly string _notePath;

    /// <summary>Names the file; nothing is created yet.</summary>
    /// <param name="path">Where the bytes are; what is known of the whole file is stored next to them.</param>
    public PartialFile(string path)
    {
        DataPath = path;
        _notePath = path + ".json";
    }

    /// <summary>Where the bytes are.</summary>
    public string DataPath { get; }

    /// <summary>How many bytes there are.</summary>
    public long Length => File.Exists(DataPath) ? new FileInfo(DataPath).Length : 0;

    /// <summary>What is known of the whole file; null if nothing, or if it cannot be read.</summary>
    internal PartialNote? ReadNote()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(_notePath), NoteJson.Default.PartialNote);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null; // Without it the download starts over.
        }
    }

    /// <summary>Empties the file and notes what the server states about the whole file.</summary>
    /// <exception cref="FileWriteException">The note cannot be written.</exception>
    internal void StartAnew(PartialNote note)
    {
        Delete();
        AtomicFile.Write(_notePath, stream => JsonSerializer.Serialize(stream, note, NoteJson.Default.PartialNote));
    }

    /// <summary>Opens the file for the bytes that follow those it has.</summary>
    /// <exception cref="FileWriteException">It cannot be created or written to.</exception>
    public FileStream OpenEnd()
    {
        try
        {
            return new FileStream(DataPath, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(DataPath, error);
        }
    }

    /// <summary>Flushes the whole file to disk and moves it to its final place; what was there is replaced.</summary>
    /// <exception cref="FileWriteException">It cannot be flushed or moved.</exception>
    public void MoveTo(string path)
    {
        AtomicFile.Rename(DataPath, path);
        File.Delete(_notePath);
    }

    /// <summary>Deletes the file and its note.</summary>
    public void Delete()
    {
        File.Delete(DataPath);
        File.Delete(_notePath);
    }

    [JsonSerializable(typeof(PartialNote))]
    private sealed partial class NoteJson : JsonSerializerContext;
}
