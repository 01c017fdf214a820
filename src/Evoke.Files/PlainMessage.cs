using System.Text.RegularExpressions;

namespace Evoke.Files;

/// <summary>The messages of .NET's own exceptions and of libraries, without what only programmers can use.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static partial class PlainMessage
{
    /// <summary>The message, without .NET's endings "(Parameter 'name')" and "Actual value was 3.".</summary>
    public static string Of(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error is EvokeException)
        {
            return error.Message;
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

    private static string WithoutEnd(string message, string end) =>
        message.EndsWith(end, StringComparison.Ordinal) ? message[..^end.Length] : message;

    [GeneratedRegex(@"\r?\nActual value was .*\z", RegexOptions.Singleline)]
    private static partial Regex ActualValue();

    [GeneratedRegex(@" \(Parameter '\w+'\)\z")]
    private static partial Regex ParameterEnd();
}
