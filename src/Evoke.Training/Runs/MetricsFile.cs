using System.Globalization;
using System.Text;
using Evoke.Curves;
using Evoke.Files;

namespace Evoke.Training.Runs;

/// <summary>metrics.csv: one row per epoch, with scores if the epoch was validated.</summary>
/// <remarks>It contains no times: the same run gives the same bytes. Thread-safe; of several writers of one file the last one wins.</remarks>
public static class MetricsFile
{
    private const int FirstScore = 3;
    private const int FirstEmotion = 6;

    /// <summary>The header.</summary>
    public static string HeaderOf(EmotionScheme scheme) =>
        $"epoch,learning_rate,loss,pearson,pearson_detected_only,ccc,{string.Join(',', scheme.Names.Select(name => Quoted($"pearson.{name}")))}";

    /// <summary>One row.</summary>
    internal static string RowOf(EmotionScheme scheme, int epoch, double learningRate, double loss, ValidationScores? scores)
    {
        IEnumerable<string> values = scores is null
            ? Enumerable.Repeat("", 3 + scheme.Count)
            : new[] { scores.All.Pearson, scores.Detected.Pearson, scores.All.Concordance }.Concat(scores.All.PearsonByEmotion).Select(Text);
        return string.Create(CultureInfo.InvariantCulture, $"{epoch},{Text(learningRate)},{Text(loss)},{string.Join(',', values)}");
    }

    /// <summary>Reads a row back.</summary>
    /// <exception cref="FormatException">It is not a row.</exception>
    internal static EpochMetrics Parse(string row) => TryParse(row) ?? throw new FormatException($"'{row}' is not a row of {nameof(MetricsFile)}.");

    /// <summary>Reads a row back; null if it is not one.</summary>
    internal static EpochMetrics? TryParse(string row)
    {
        ArgumentNullException.ThrowIfNull(row);
        string[] values = row.Split(',');
        if (values.Length < FirstEmotion || EpochOf(values[0]) is not { } epoch || Number(values[1]) is not { } learningRate
            || Number(values[2]) is not { } loss || values.Skip(FirstScore).Any(value => value.Length > 0 && Number(value) is null))
        {
            return null;
        }

        double?[] scores = [.. values.Skip(FirstScore).Select(Number)];
        double[] emotions = scores[0] is null ? [] : [.. scores.Skip(FirstEmotion - FirstScore).Select(score => score ?? double.NaN)];
        return new EpochMetrics(epoch, learningRate, loss, scores[0], scores[1], scores[2], [.. emotions]);
    }

    /// <summary>The scores of all validations so far, in order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="score">Which score: "pearson", "pearson_detected_only" or "ccc".</param>
    /// <exception cref="RunFolderException">The file is damaged; the message names the line.</exception>
    public static IReadOnlyList<(int Epoch, double Score)> ReadScores(string path, string score)
    {
        string[] lines = File.ReadAllLines(path);
        int column = lines.Length == 0 ? -1 : Array.IndexOf(lines[0].Split(','), score);
        if (column < FirstScore)
        {
            throw Damage(1, $"expected a header with the column '{score}'");
        }

        List<(int Epoch, double Score)> scores = [];
        int before = 0;
        for (int i = 1; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',');
            if (TryParse(lines[i]) is not { } metrics || cells.Length <= column)
            {
                throw Damage(i + 1, "expected an epoch, a learning rate, a loss and scores");
            }

            if (metrics.Epoch <= before)
            {
                throw Damage(i + 1, FormattableString.Invariant($"expected an epoch after {before}, found {metrics.Epoch}"));
            }

            before = metrics.Epoch;
            if (Number(cells[column]) is { } value)
            {
                scores.Add((before, value));
            }
        }

        return scores;

        RunFolderException Damage(int line, string what) =>
            new(FormattableString.Invariant($"{path}, line {line}: {what}; the file is damaged. Running the same training again restores it."))
            {
                IsDamage = true,
            };
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    public static void Write(string path, EmotionScheme scheme, IEnumerable<string> rows) =>
        AtomicFile.Write(path, stream => stream.Write(BytesOf(scheme, rows)));

    /// <summary>The content of the file.</summary>
    public static byte[] BytesOf(EmotionScheme scheme, IEnumerable<string> rows) =>
        Encoding.UTF8.GetBytes(string.Concat(rows.Prepend(HeaderOf(scheme)).Select(row => row + "\n")));

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    private static int? EpochOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int epoch) && epoch > 0 ? epoch : null;

    // Blank for the score of an emotion without validation labels.
    private static string Text(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
