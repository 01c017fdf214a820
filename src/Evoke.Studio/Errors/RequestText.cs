namespace Evoke.Studio.Errors;

/// <summary>Quotes what a request holds.</summary>
internal static class RequestText
{
    private const int Longest = 200;

    /// <summary>The text, or its beginning if it is too long for a message.</summary>
    public static string Short(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}
