using System.Globalization;
using Evoke.Datasets.Ratings.Tables;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Finds out how the times of a table are written: as the user says, as the column's name says, or by the distance between samples.</summary>
internal static class TimeRecognizer
{
    // People are asked for a value at least every five seconds, and devices answer at most every half millisecond.
    private const double LongestStep = 5, ShortestStep = 5e-4;

    // A column may say "ms" and have microseconds. Ratings a minute apart are none.
    private const double LongestSaidStep = 120;
    private const double ShortestFilm = 1;

    private static readonly TimeUnit[] s_units = [TimeUnit.Seconds, TimeUnit.Milliseconds, TimeUnit.Microseconds];

    /// <summary>Finds the unit.</summary>
    /// <param name="table">The table, for messages.</param>
    /// <param name="column">The column's name, for messages.</param>
    /// <param name="said">What the user or the column's name says; null for neither.</param>
    /// <param name="isByUser">True if the user says it.</param>
    /// <param name="traces">Times as text, trace by trace, from the beginning of the table.</param>
    /// <exception cref="RatingFilesException">What the user or the column's name says cannot be.</exception>
    public static (TimeUnit Unit, string Reason) Find(SourceTable table, string column, TimeUnit? said, bool isByUser, IReadOnlyList<List<string>> traces)
    {
        if (traces.SelectMany(trace => trace).FirstOrDefault(text => !CellText.IsMissing(text))?.Contains(':', StringComparison.Ordinal) == true)
        {
            return isByUser && said is { } other ? (other, "as given") : (TimeUnit.Clock, "recognised by its colons");
        }

        double step = MedianStep(traces);
        TimeUnit? likely = s_units.Cast<TimeUnit?>().FirstOrDefault(unit => step * CellText.SecondsIn(unit!.Value) is >= ShortestStep and <= LongestStep);
        if (said is not { } named)
        {
            return (
                likely ?? TimeUnit.Seconds,
                step > 0 ? string.Create(CultureInfo.InvariantCulture, $"recognised by its steps of {Rounded(step)}") : "assumed");
        }

        if (named != TimeUnit.Clock && likely != named && Contradiction(named, step, LengthOf(traces)) is { } found)
        {
            string name = CellText.NameOf(named);
            throw new RatingFilesException(
                table.At(0),
                isByUser ? $"times in {name}, as --time-unit says" : $"times in {name}, as column '{column}' says (give --time-unit if they are not)",
                likely is { } better ? $"{found}; they look like {CellText.NameOf(better)}" : found);
        }

        return (named, isByUser ? "as given" : "by the column's name");
    }

    // A film is not shorter than a second, and ratings minutes apart are not a curve.
    private static string? Contradiction(TimeUnit unit, double step, double length)
    {
        double seconds = step * CellText.SecondsIn(unit), whole = length * CellText.SecondsIn(unit);
        return seconds > LongestSaidStep ? string.Create(CultureInfo.InvariantCulture, $"steps of {step}, which would be {seconds:0.#} s")
            : whole < ShortestFilm ? string.Create(CultureInfo.InvariantCulture, $"times from 0 to {length}, which would be a film of {whole:0.#####} s")
            : null;
    }

    private static double LengthOf(IReadOnlyList<List<string>> traces) => traces.SelectMany(trace => trace)
        .Select(text => CellText.TryNumber(text, out double time) ? time : 0).DefaultIfEmpty(0).Max();

    // To two digits, so that files that differ by the jitter of their clocks are described alike.
    private static double Rounded(double step) => double.Parse(step.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double MedianStep(IReadOnlyList<List<string>> traces)
    {
        List<double> steps = [];
        foreach (List<string> trace in traces)
        {
            double[] times = [.. trace.Select(text => CellText.TryNumber(text, out double time) ? time : double.NaN).Where(double.IsFinite).Order()];
            for (int i = 1; i < times.Length; i++)
            {
                if (times[i] > times[i - 1])
                {
                    steps.Add(times[i] - times[i - 1]);
                }
            }
        }

        steps.Sort();
        return steps.Count > 0 ? steps[steps.Count / 2] : 0;
    }
}
