using System.Text.Json;

namespace Evoke.Studio.Errors;

/// <summary>What a request that does not fit its call is told.</summary>
internal static class BadRequestText
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
            _ => error.Message,
        };
    }
}
