using System.Globalization;

namespace Evoke.Bench;

/// <summary>The measurements of one run, as a Markdown table of times and their ratios to one of them.</summary>
internal sealed class ResultTable(string title, string unit)
{
    private readonly List<(string What, double Value)> _rows = [];

    /// <summary>Adds a figure and prints it at once.</summary>
    public void Add(string what, double value)
    {
        _rows.Add((what, value));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {value:G4} {unit}"));
    }

    /// <summary>Adds what a peer has printed: lines of a name, a tabulator and a number.</summary>
    public void AddLines(string output)
    {
        foreach (string[] line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Where(line => line.Length == 2))
        {
            Add(line[0], double.Parse(line[1], CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Prints the table.</summary>
    /// <param name="reference">The row that the others are compared with: the first one that starts with this.</param>
    public void Print(string reference)
    {
        double against = _rows.Where(row => row.What.StartsWith(reference, StringComparison.Ordinal)).Select(row => row.Value).FirstOrDefault(double.NaN);
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine();
        Console.WriteLine($"| what | {unit} | speed relative to {reference} |");
        Console.WriteLine("|---|---|---|");
        foreach ((string what, double value) in _rows)
        {
            string ratio = double.IsNaN(against) ? "" : (against / value).ToString("F2", CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {value:G4} | {ratio} |"));
        }
    }
}
