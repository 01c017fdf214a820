using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Evoke.Datasets.EmoFilm;
using Evoke.Testing;
using Microsoft.AspNetCore.Http;

namespace Evoke.Datasets.Tests.EmoFilm;

/// <summary>Rating files in the form of Emo-FilM on a local server.</summary>
internal sealed class MadeEmoFilm : IAsyncDisposable
{
    private readonly Dictionary<string, byte[]> _contents = [];
    private FileServer _server = null!;

    /// <summary>The list of the files so far.</summary>
    public ImmutableArray<EmoFilmFile> Files => [.. _contents.Select(FileOf)];

    public FileServer Server => _server;

    public Uri Address => _server.Address;

    public static async Task<MadeEmoFilm> StartAsync()
    {
        MadeEmoFilm made = new() { _server = await FileServer.StartAsync([]) };
        made.Server.Script = made.AnswerAsync;
        return made;
    }

    /// <summary>Adds a rater's trace.</summary>
    public void Add(string rater, string film, string item, params double[] values) =>
        AddText($"sub-{rater}/beh/sub-{rater}_task-{film}_recording-{item}_stim.tsv.gz", string.Concat(values.Select(value => Text(value) + "\n")));

    /// <summary>Adds the consensus on a film: the value of a column at a second is a function of both.</summary>
    public void AddConsensus(string film, int seconds, Func<int, int, double> valueOf) => AddText(
        $"derivatives/Annot_{film}_stim.tsv.gz",
        string.Concat(Enumerable.Range(0, seconds).Select(second =>
            string.Join('\t', EmoFilmItems.Consensus.Select((_, column) => Text(valueOf(second, column)))) + "\n")));

    /// <summary>Adds a file.</summary>
    public void AddText(string path, string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        _contents[path] = packed.ToArray();
    }

    /// <summary>What the server has for a path is replaced; the list keeps the published hash.</summary>
    public byte[] this[string path]
    {
        get => _contents[path];
        set => _contents[path] = value;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    /// <summary>Cuts the first answers of every file after some bytes.</summary>
    public void CutFirst(int requests, int bytes) => Server.Script = async (context, n) =>
    {
        Server.Content = _contents[PathOf(context)];
        return n <= requests && await Server.CutAfterAsync(context, bytes);
    };

    private Task<bool> AnswerAsync(HttpContext context, int number)
    {
        if (!_contents.TryGetValue(PathOf(context), out byte[]? content))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.FromResult(true);
        }

        return SendAsync(context, content);
    }

    // Several files at once: the server's own Content is for one.
    private static async Task<bool> SendAsync(HttpContext context, byte[] content)
    {
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content);
        return true;
    }

    private static string PathOf(HttpContext context) => context.Request.Path.Value!.TrimStart('/');

    private static string Text(double value) => double.IsNaN(value) ? "n/a" : value.ToString("R", CultureInfo.InvariantCulture);

    private static EmoFilmFile FileOf(KeyValuePair<string, byte[]> file)
    {
        string[] parts = Path.GetFileName(file.Key).Split('_');
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Value));
        return parts.Length == 3
            ? new EmoFilmFile(file.Key, file.Value.Length, sha256, parts[1], null, null)
            : new EmoFilmFile(file.Key, file.Value.Length, sha256, parts[1][5..], parts[0], parts[2][10..]);
    }
}
