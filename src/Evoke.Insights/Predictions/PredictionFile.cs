using System.Globalization;
using System.Text.Json;
using Evoke.Curves.Export;
using Evoke.Files;

namespace Evoke.Insights.Predictions;

/// <summary>Reads what <c>evoke predict --json</c> writes.</summary>
/// <remarks>Files are untrusted input: sizes, counts and numbers are checked. Thread-safe: without state.</remarks>
public static class PredictionFile
{
    // A day of 100 curves at 6 Hz is 500 MB of text; an hour of 15 curves is 4 MB.
    private const long MostBytes = 1L << 30;

    /// <summary>Reads a file. Labels, moments and the measures that it may have are left out: they follow from the rest.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileReadException">It cannot be read.</exception>
    /// <exception cref="PredictionFileException">It is not a prediction, is damaged, or is of a later version.</exception>
    public static PredictionDocument Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            long bytes = new FileInfo(path).Length;
            if (bytes > MostBytes)
            {
                throw new PredictionFileException(path, string.Create(CultureInfo.InvariantCulture, $"expected at most {MostBytes} bytes; found {bytes}"));
            }

            using JsonDocument json = JsonMembers.Parse(File.ReadAllBytes(path));
            return PredictionParser.FindOtherFormat(json.RootElement) is { } other
                ? throw new PredictionFileException(path, $"expected the format '{PredictionParser.Format}'; found {other}") { IsSomethingElse = true }
                : PredictionParser.Parse(json.RootElement);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
        catch (JsonException error)
        {
            throw new PredictionFileException(path, $"it is not valid JSON ({PlainMessage.Of(error).TrimEnd('.')})", error);
        }
        catch (FormatException error)
        {
            throw new PredictionFileException(path, error.Message, error);
        }
    }
}
