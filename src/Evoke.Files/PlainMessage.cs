using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Evoke.Files;

/// <summary>The messages of .NET's own exceptions and of libraries, without what only programmers can use.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static partial class PlainMessage
{
    /// <summary>The message, without .NET's endings "(Parameter 'name')" and "Actual value was 3.". Of a mistake in JSON it is the place,
    /// "line 2, column 7: ", and what was expected or found there; both count from 1, columns in bytes.</summary>
    public static string Of(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error is EvokeException)
        {
            return error.Message;
        }

        if (error is JsonException json)
        {
            return OfJson(json);
        }

        string message = error.Message;
        if (error is ArgumentOutOfRangeException { ActualValue: not null } && ActualValue().Match(message) is { Success: true } value)
        {
            message = message[..value.Index];
        }

        return error is ArgumentException { ParamName.Length: > 0 } argument ? WithoutEnd(message, $" (Parameter '{argument.ParamName}')")
            : ParameterEnd().Match(message) is { Success: true } end ? message[..end.Index] // a library has copied another exception's message
            : message;
    }

    private static string OfJson(JsonException error)
    {
        if (MissingMembers().Match(error.Message) is { Success: true } members)
        {
            return $"expected {members.Groups[1].Value}; found nothing of that name.";
        }

        if (UnknownMember().Match(error.Message) is { Success: true } member)
        {
            return $"{member.Groups[1].Value} is not expected here.";
        }

        if (JsonPlace().Match(error.Message) is not { Success: true } place)
        {
            return error.Message; // one of Evoke's own
        }

        string problem = ProblemOf(error.Message[..place.Index].TrimEnd('.'), error.Path);
        return string.Create(CultureInfo.InvariantCulture, $"line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}: {problem}.");
    }

    private static string ProblemOf(string message, string? path) =>
        message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
            ? $"{(path is { Length: > 2 } ? $"'{path[2..]}'" : "the whole")} has another kind of value than expected"
        : message.StartsWith("The input does not contain any JSON tokens", StringComparison.Ordinal) ? "expected a value; found nothing"
        : message.StartsWith("Expected depth to be zero", StringComparison.Ordinal)
            || message.StartsWith("Expected end of string, but instead reached", StringComparison.Ordinal) ? "expected more; found the end: it may be cut off"
        : NoValue().Match(message) is { Success: true } value ? $"expected a value; found {value.Groups[1].Value}"
        : NoName().Match(message) is { Success: true } name ? $"expected a name in quotes; found {name.Groups[1].Value}"
        : message;

    private static string WithoutEnd(string message, string end) =>
        message.EndsWith(end, StringComparison.Ordinal) ? message[..^end.Length] : message;

    [GeneratedRegex(@"\r?\nActual value was .*\z", RegexOptions.Singleline)]
    private static partial Regex ActualValue();

    [GeneratedRegex(@" \(Parameter '\w+'\)\z")]
    private static partial Regex ParameterEnd();

    [GeneratedRegex(@" (Path: [^\r\n]*? \| )?LineNumber: \d+ \| BytePositionInLine: \d+\.\z")]
    private static partial Regex JsonPlace();

    [GeneratedRegex(@"\A('.+') is an invalid (start of a value\z|JSON literal\.)", RegexOptions.Singleline)]
    private static partial Regex NoValue();

    [GeneratedRegex(@"\A('.+') is an invalid start of a property name", RegexOptions.Singleline)]
    private static partial Regex NoName();

    [GeneratedRegex(@"\AJSON deserialization for type .* missing required properties including: (.+)\.\z", RegexOptions.Singleline)]
    private static partial Regex MissingMembers();

    [GeneratedRegex(@"\AThe JSON property ('.+') could not be mapped to any \.NET member", RegexOptions.Singleline)]
    private static partial Regex UnknownMember();
}
