using System.Globalization;
using Evoke.Cli.Shell;
using Evoke.Curves.Export.Programs;

namespace Evoke.Cli.Predict;

/// <summary>Where predictions are written: a folder, or one CSV file with the other formats beside it under the same name.</summary>
internal sealed class PredictionPlace
{
    private const string Csv = ".csv";
    private static readonly string[] s_otherForms =
        [".json", ".vtt", ".html", .. ProgramFormats.All.Select(format => format.Ending).Where(ending => ending.StartsWith('.'))];

    private readonly string? _file;

    private PredictionPlace(string folder, string? file) => (Folder, _file) = (folder, file);

    /// <summary>The folder that all files are in.</summary>
    public string Folder { get; }

    /// <summary>A folder.</summary>
    public static PredictionPlace In(string folder) => new(folder, null);

    /// <summary>What <c>--out</c> means.</summary>
    /// <param name="path">As given.</param>
    /// <param name="videos">How many videos are predicted.</param>
    /// <exception cref="WrongUseException">It is neither a folder nor one CSV file for one video.</exception>
    public static PredictionPlace Of(string path, int videos)
    {
        string extension = Path.GetExtension(path);
        if (Directory.Exists(path))
        {
            return In(path);
        }

        if (s_otherForms.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            throw new WrongUseException(
                $"--out takes a folder, or a file that ends in .csv; found '{path}'. The other formats are written beside the CSV file, under the same name.");
        }

        bool isFile = string.Equals(extension, Csv, StringComparison.OrdinalIgnoreCase);
        if (isFile && videos != 1)
        {
            throw new WrongUseException(
                string.Create(CultureInfo.InvariantCulture, $"--out {path} is one file, but there are {videos} videos: give a folder."));
        }

        if (!isFile && File.Exists(path))
        {
            throw new WrongUseException($"--out takes a folder, or a file that ends in .csv; '{path}' is a file.");
        }

        return isFile ? new PredictionPlace(Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".", path) : In(path);
    }

    /// <summary>The file of a prediction in one format.</summary>
    /// <param name="name">The name of the prediction, unless the place has one.</param>
    /// <param name="ending">".csv", ".json", "-markers.csv" …</param>
    public string PathOf(string name, string ending) => _file is null
        ? Path.Combine(Folder, name + ending)
        : ending == Csv ? _file : Path.ChangeExtension(_file, null) + ending;
}
