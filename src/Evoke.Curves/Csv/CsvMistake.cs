using System.Text.RegularExpressions;
using CsvHelper;

namespace Evoke.Curves.Csv;

/// <summary>What is wrong with a row that is not CSV.</summary>
internal static partial class CsvMistake
{
    /// <summary>The reason alone, such as "a quoted field that is never closed": the line is told by whoever reads the file, and lines are not
    /// records.</summary>
    public static string Of(CsvFormatException error) => Around().Replace(error.Message, "");

    [GeneratedRegex(@"\AMalformed CSV in record \d+[^:]*: |( \(byte offset \d+\))?\.?\z")]
    private static partial Regex Around();
}
