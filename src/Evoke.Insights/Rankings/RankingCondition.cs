using System.Globalization;

namespace Evoke.Insights.Rankings;

/// <summary>A condition on one column: <c>peak.arousal&gt;=0.8</c>, <c>model=affect</c>. A missing value meets none.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Column">The column's name.</param>
/// <param name="Comparison">One of &lt;, &lt;=, &gt;, &gt;=, = and !=.</param>
/// <param name="Value">What its values are compared with: a number, or text for a column of text, which has only = and !=.</param>
public sealed record RankingCondition(string Column, string Comparison, string Value)
{
    // The longer ones first: "<=" begins with "<".
    private static readonly string[] s_comparisons = ["<=", ">=", "!=", "==", "<", ">", "="];

    /// <summary>Reads a condition; == is read as =.</summary>
    /// <returns>Null if the text is not one.</returns>
    public static RankingCondition? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.AsSpan().IndexOfAny("<>!=");
        return at > 0 && Array.Find(s_comparisons, sign => text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal)) is { } comparison
            && text[(at + comparison.Length)..].Trim() is { Length: > 0 } value
            ? new RankingCondition(text[..at].Trim(), comparison == "==" ? "=" : comparison, value)
            : null;
    }

    /// <summary>The condition on the rows of a column.</summary>
    /// <exception cref="RankingException">The value is not a number, or text is to be compared by size.</exception>
    internal Func<int, bool> For(RankingColumn column)
    {
        if (column.Kind == RankingColumnKind.Text)
        {
            return Comparison is "=" or "!="
                ? row => string.Equals(column.Texts[row], Value, StringComparison.Ordinal) == (Comparison == "=")
                : throw new RankingException($"'{this}': {Column} is text, which can be compared by = and != only.");
        }

        if (!double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || double.IsNaN(number))
        {
            throw new RankingException($"'{this}': expected a number after {Comparison}; found '{Value}'.");
        }

        return row => column.Numbers[row] is { } found && Comparison switch
        {
            "<" => found < number,
            "<=" => found <= number,
            ">" => found > number,
            ">=" => found >= number,
            "=" => found == number,
            _ => found != number,
        };
    }

    /// <summary>The condition as it is written.</summary>
    public override string ToString() => $"{Column}{Comparison}{Value}";
}
