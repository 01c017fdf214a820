namespace Evoke.Media.Probing;

/// <summary>Interprets ffmpeg's names of pixel formats.</summary>
internal static class PixelFormats
{
    private static readonly string[] AlphaPrefixes = ["yuva", "rgba", "bgra", "argb", "abgr", "gbrap", "ya8", "ya16", "yaf", "pal8", "ayuv", "vuya"];

    /// <summary>True if pixels of this format can be transparent.</summary>
    public static bool HaveAlpha(string? name) => name is not null && AlphaPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
