using System.Globalization;
using Evoke.Files;

namespace Evoke.Curves.Csv;

/// <summary>A CSV file is not in EEV format.</summary>
public sealed class EevCsvException : EvokeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line at fault, counted from 1 (the header).</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="innerException">The underlying error, if any.</param>
    public EevCsvException(string path, long line, string problem, Exception? innerException = null)
        : base(string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}: {problem}"), innerException)
    {
        Path = path;
        Line = line;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The line at fault, counted from 1 (the header).</summary>
    public long Line { get; }
}
