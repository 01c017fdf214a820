using System.Globalization;
using Evoke.Studio.Errors;

namespace Evoke.Studio.Library;

/// <summary>The display names of videos, and their tags.</summary>
internal static class VideoName
{
    private const int Longest = 200;
    private const int LongestTag = 50;
    private const int MostTags = 50;

    /// <summary>The name of an uploaded file: without folders and control characters.</summary>
    /// <exception cref="StudioRequestException">Nothing is left of it (400).</exception>
    public static string OfUpload(string name)
    {
        string last = name.Split('/', '\\')[^1].Trim();
        string clean = string.Concat(last.Where(c => !char.IsControl(c)));
        return clean.Length switch
        {
            0 => throw new StudioRequestException(StatusCodes.Status400BadRequest, "The upload needs a name (?name=…)."),
            > Longest => clean[..Longest],
            _ => clean,
        };
    }

    /// <summary>A name that a user gives a video.</summary>
    /// <exception cref="StudioRequestException">It is empty, too long, or has characters that no file name may have (400).</exception>
    public static string Given(string name)
    {
        string trimmed = name.Trim();
        return trimmed.Length is > 0 and <= Longest && !trimmed.Any(c => char.IsControl(c) || c is '/' or '\\')
            ? trimmed
            : throw new StudioRequestException(StatusCodes.Status400BadRequest, string.Create(CultureInfo.InvariantCulture,
                $"A name has 1 to {Longest} characters and no / or \\; found '{RequestText.Short(trimmed)}'."));
    }

    /// <summary>Tags as they are stored: trimmed, each once.</summary>
    /// <exception cref="StudioRequestException">One is empty or too long, or has a comma or a control character; or there are too many (400).</exception>
    public static IReadOnlyList<string> Tags(IReadOnlyList<string>? tags)
    {
        string[] trimmed = [.. (tags ?? []).Select(tag => tag?.Trim() ?? string.Empty).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (trimmed.FirstOrDefault(tag => tag.Length is 0 or > LongestTag || tag.Any(c => char.IsControl(c) || c == ',')) is string bad)
        {
            throw new StudioRequestException(StatusCodes.Status400BadRequest, string.Create(CultureInfo.InvariantCulture,
                $"A tag has 1 to {LongestTag} characters and no comma; found '{RequestText.Short(bad)}'."));
        }

        return trimmed.Length <= MostTags
            ? trimmed
            : throw new StudioRequestException(StatusCodes.Status400BadRequest, string.Create(CultureInfo.InvariantCulture,
                $"At most {MostTags} tags can be given at once; found {trimmed.Length}."));
    }
}
