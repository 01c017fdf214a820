namespace Evoke.Pages.Predictions;

/// <summary>A small picture of the video for the page.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody writes to its bytes.</remarks>
/// <param name="Seconds">Its time in seconds from the start of the picture.</param>
/// <param name="MediaType">"image/jpeg", "image/png" or "image/webp".</param>
/// <param name="Data">The encoded picture.</param>
public sealed record HtmlThumbnail(double Seconds, string MediaType, ReadOnlyMemory<byte> Data)
{
    private static readonly string[] MediaTypes = ["image/jpeg", "image/png", "image/webp"];

    /// <summary>The picture as a data: URL.</summary>
    /// <exception cref="ArgumentException">The media type is not one of the three: other types could contain scripts.</exception>
    internal string ToDataAddress() => MediaTypes.Contains(MediaType, StringComparer.Ordinal)
        ? $"data:{MediaType};base64,{Convert.ToBase64String(Data.Span)}"
        : throw new ArgumentException($"The media type of a thumbnail must be one of {string.Join(", ", MediaTypes)}; found '{MediaType}'.");
}
