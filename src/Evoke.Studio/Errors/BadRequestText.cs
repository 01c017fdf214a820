using System.Text.Json;
using System.Text.RegularExpressions;

namespace Evoke.Studio.Errors;

/// <summary>What a request that does not fit its call is told.</summary>
internal static partial class BadRequestText
{
    /// <summary>A sentence that names the field or parameter.</summary>
    public static string Of(BadHttpRequestException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.InnerException switch
        {
            JsonException { Path: { Length: > 1 } field } => $"The request's body is not as expected at {field[2..]}; /openapi/v1.json describes it.",
            JsonException => "The request's body is not the JSON object that this call expects; /openapi/v1.json describes it.",
            _ when error.Message.StartsWith("Implicit body", StringComparison.Ordinal) || error.Message.Contains("from body", StringComparison.Ordinal) =>
                "This call needs a JSON object as its body; /openapi/v1.json describes it.",
            _ when Unbound().Match(error.Message) is { Success: true } found =>
                $"The parameter '{found.Groups["name"].Value}' cannot be '{RequestText.Short(found.Groups["value"].Value)}'; /openapi/v1.json describes it.",
            _ when Missing().Match(error.Message) is { Success: true } missing =>
                $"The parameter '{missing.Groups["name"].Value}' is missing; /openapi/v1.json describes it.",
            _ => error.Message,
        };
    }

    // Failed to bind parameter "Nullable<int> limit" from "many".
    [GeneratedRegex("""\AFailed to bind parameter "(.* )?(?<name>\S+)" from "(?<value>.*)"\.\z""", RegexOptions.Singleline)]
    private static partial Regex Unbound();

    // Required parameter "string name" was not provided from query string.
    [GeneratedRegex("""\ARequired parameter "(.* )?(?<name>\S+)" was not provided""")]
    private static partial Regex Missing();
}
