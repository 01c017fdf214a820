using System.Reflection;
using System.Text;

namespace Evoke.Pages;

/// <summary>The style sheets and modules of the pages, embedded in the assembly. Thread-safe.</summary>
public static class PageFiles
{
    private const string Shared = "base.css";
    private const string Curves = "curves/";
    private const string Prefix = "Web/";
    private static readonly Assembly Home = typeof(PageFiles).Assembly;

    /// <summary>The files that a web app serves besides its own: the shared style sheet, <c>base.css</c>, and the modules that draw curves,
    /// <c>curves/NAME.js</c>.</summary>
    public static IEnumerable<string> Served { get; } =
    [
        .. Home.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Where(name => name == Shared || name.StartsWith(Curves, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The style shared by all pages: colours, basic elements, curves and moments.</summary>
    public static string Style => Text(Shared);

    /// <summary>The bytes of a file.</summary>
    /// <param name="name">Its name, such as "curves/clock.js".</param>
    /// <exception cref="ArgumentException">There is no file of this name.</exception>
    public static byte[] Bytes(string name)
    {
        using Stream stream = Home.GetManifestResourceStream(Prefix + name) ?? throw new ArgumentException($"There is no page file '{name}'.", nameof(name));
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The text of a file (UTF-8).</summary>
    /// <inheritdoc cref="Bytes"/>
    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));
}
