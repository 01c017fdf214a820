namespace Evoke.Pages.Predictions;

/// <summary>A small picture of the video for the page.</summary>
/// <param name="Seconds">When it is on screen, in seconds from the start of the picture.</param>
/// <param name="MediaType">"image/jpeg", "image/png" or "image/webp".</param>
/// <param name="Data">The encoded picture.</param>
public sealed record HtmlThumbnail(double Seconds, string MediaType, ReadOnlyMemory<byte> Data)
{
    private static readonly string[] MediaTypes = ["image/jpeg", "image/png", "image/webp"];

    /// <summary>The picture as a data: address.</summary>
    /// <exception cref="ArgumentException">The media type is none of the three: anything else could carry a script.</exception>
    internal string ToDataAddress() => MediaTypes.Contains(MediaType, StringComparer.Ordinal)
        ? $"data:{MediaType};base64,{Convert.ToBase64String(Data.Span)}"
        : throw new ArgumentException($"A thumbnail is {string.Join(", ", MediaTypes)}; found '{MediaType}'.");
}
