using System.Security.Cryptography;
using System.Text;

namespace Evoke.Pages;

/// <summary>The content security policy of a self-contained page: its own style and script by hash, pictures from data: URLs, and nothing else.</summary>
internal static class ContentSecurity
{
    /// <summary>The policy, for a <c>Content-Security-Policy</c> header or meta element.</summary>
    /// <param name="style">The text of the page's style element.</param>
    /// <param name="script">The text of its script element; null for a page without one.</param>
    public static string PolicyFor(string style, string? script = null) =>
        $"default-src 'none'; img-src data:; style-src '{Hash(style)}'; "
        + (script is null ? "" : $"script-src '{Hash(script)}'; ")
        + "base-uri 'none'; form-action 'none'";

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
