using System.Collections.Frozen;
using System.Security.Cryptography;
using Evoke.Pages;
using Microsoft.Net.Http.Headers;

namespace Evoke.Studio.Web;

/// <summary>The web page: the files of <c>wwwroot</c> and the files shared by all pages, embedded in assemblies and served from memory.</summary>
internal static class EmbeddedPage
{
    private const string Prefix = "wwwroot/";

    private sealed record Asset(byte[] Bytes, string Type, EntityTagHeaderValue Tag);

    public static void Map(WebApplication app)
    {
        FrozenDictionary<string, Asset> assets = Load();
        app.MapGet("/", (HttpContext context) => Serve(context, assets, "index.html")).ExcludeFromDescription();
        app.MapGet("/{**path}", (HttpContext context, string path) => Serve(context, assets, path)).ExcludeFromDescription();
    }

    private static IResult Serve(HttpContext context, FrozenDictionary<string, Asset> assets, string path)
    {
        if (!assets.TryGetValue(path, out Asset? asset))
        {
            return Results.Problem($"There is no page or file at '{context.Request.Path}'.", statusCode: StatusCodes.Status404NotFound);
        }

        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(asset.Bytes, asset.Type, entityTag: asset.Tag);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        System.Reflection.Assembly assembly = typeof(EmbeddedPage).Assembly;
        IEnumerable<(string Name, byte[] Bytes)> own = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (name[Prefix.Length..], Read(assembly, name)));
        IEnumerable<(string Name, byte[] Bytes)> shared = PageFiles.Served.Select(name => (name, PageFiles.Bytes(name)));
        return own.Concat(shared).ToFrozenDictionary(file => file.Name, file => AssetOf(file.Name, file.Bytes), StringComparer.Ordinal);
    }

    private static byte[] Read(System.Reflection.Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Asset AssetOf(string name, byte[] bytes)
    {
        string tag = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
        return new Asset(bytes, TypeOf(name), new EntityTagHeaderValue($"\"{tag}\""));
    }

    private static string TypeOf(string name) => System.IO.Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".json" or ".webmanifest" => "application/json",
        ".txt" => "text/plain; charset=utf-8",
        string other => throw new InvalidOperationException($"Files of the type '{other}' are not served."),
    };
}
