using System.Text.Json;
using Evoke.Experiments.Lags;
using Evoke.Files;

namespace Evoke.Experiments.Folds;

/// <summary>The lag that was found on the training videos of a fold: <c>lag.json</c> in its folder.</summary>
internal static class FoldLag
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "lag.json";

    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Reads the file, or finds the lag and writes it.</summary>
    /// <exception cref="CrossValidationException">The file is damaged.</exception>
    public static LagReport FindOrRead(string path, Func<LagReport> find)
    {
        if (File.Exists(path))
        {
            return Read(path);
        }

        LagReport report = find();
        WritableFolder.Create(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, report, s_json));
        return report;
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="CrossValidationException">The file is damaged.</exception>
    public static LagReport Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<LagReport>(File.ReadAllBytes(path), s_json) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new CrossValidationException($"{path} cannot be read: {PlainMessage.Of(error)} Remove the folder of this fold to do it again.");
        }
    }
}
