using System.Globalization;
using System.Text;
using Evoke.Curves;
using Evoke.Files;

namespace Evoke.Training.Runs;

/// <summary>metrics.csv: one row per epoch, with scores if the epoch was validated.</summary>
/// <remarks>It contains no times: the same run gives the same bytes.</remarks>
public static class MetricsFile
{
    /// <summary>The header.</summary>
    public static string HeaderOf(EmotionScheme scheme) =>
        $"epoch,learning_rate,loss,pearson,pearson_detected_only,ccc,{string.Join(',', scheme.Names.Select(name => Quoted($"pearson.{name}")))}";

    /// <summary>One row.</summary>
    public static string RowOf(EmotionScheme scheme, int epoch, double learningRate, double loss, ValidationScores? scores)
    {
        IEnumerable<string> values = scores is null
            ? Enumerable.Repeat("", 3 + scheme.Count)
            : new[] { scores.All.Pearson, scores.Detected.Pearson, scores.All.Concordance }.Concat(scores.All.PearsonByEmotion).Select(Text);
        return string.Create(CultureInfo.InvariantCulture, $"{epoch},{Text(learningRate)},{Text(loss)},{string.Join(',', values)}");
    }

    /// <summary>Reads a row back.</summary>
    public static EpochMetrics Parse(string row)
    {
        string[] values = row.Split(',');
        double?[] scores = [.. values.Skip(3).Select(value => value.Length == 0 ? (double?)null : Number(value))];
        return new EpochMetrics(
            int.Parse(values[0], CultureInfo.InvariantCulture), Number(values[1]), Number(values[2]), scores[0], scores[1], scores[2],
            scores[0] is null ? [] : [.. scores.Skip(3).Select(score => score ?? double.NaN)]);
    }

    /// <summary>The scores of all validations so far, in order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="score">Which score: "pearson", "pearson_detected_only" or "ccc".</param>
    public static IEnumerable<(int Epoch, double Score)> ReadScores(string path, string score)
    {
        string[] lines = File.ReadAllLines(path);
        int column = Array.IndexOf(lines[0].Split(','), score);
        return from line in lines.Skip(1)
               let cells = line.Split(',')
               where cells[column].Length > 0
               select (int.Parse(cells[0], CultureInfo.InvariantCulture), Number(cells[column]));
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    public static void Write(string path, EmotionScheme scheme, IEnumerable<string> rows) => AtomicFile.Write(path, stream =>
        stream.Write(Encoding.UTF8.GetBytes(string.Concat(rows.Prepend(HeaderOf(scheme)).Select(row => row + "\n")))));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // Blank for the score of an emotion without validation labels.
    private static string Text(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
