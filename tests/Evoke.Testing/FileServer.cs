using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Evoke.Testing;

/// <summary>A real HTTP server on this machine that serves one file, and disconnects, misreports or refuses as a test requires.</summary>
public sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _count;

    private FileServer(byte[] content, bool https)
    {
        Content = content;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (https)
            {
                X509Certificate2 certificate = SelfSigned();
                Thumbprint = certificate.Thumbprint;
                listen.UseHttps(certificate);
            }
        }));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>The content of the file.</summary>
    public byte[] Content { get; set; }

    /// <summary>Its strong entity tag, without quotes; null for none.</summary>
    public string? EntityTag { get; set; } = "v1";

    /// <summary>False for a server that ignores Range and sends everything.</summary>
    public bool Ranges { get; set; } = true;

    /// <summary>Answers request number n (from 1) instead of the usual answer, if it returns true.</summary>
    public Func<HttpContext, int, Task<bool>> Script { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>The requests so far: method, path, Range and If-Range.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The thumbprint of the certificate that it signed itself; null without HTTPS.</summary>
    public string? Thumbprint { get; private set; }

    /// <summary>The server's address, with a slash at the end.</summary>
    public Uri Address => new(_app.Urls.First() + "/");

    /// <summary>Starts a server on a free port.</summary>
    public static async Task<FileServer> StartAsync(byte[] content, bool https = false)
    {
        FileServer server = new(content, https);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Sends the first bytes of the file with the whole's length, then cuts the connection.</summary>
    public async Task<bool> CutAfterAsync(HttpContext context, int bytes)
    {
        context.Response.ContentLength = Content.Length;
        SetEntityTag(context);
        await context.Response.Body.WriteAsync(Content.AsMemory(0, bytes));
        await context.Response.Body.FlushAsync();
        return true; // Kestrel closes a connection on which less was written than was promised, after all of it has gone out.
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        int number = Interlocked.Increment(ref _count);
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Range} {context.Request.Headers.IfRange}".TrimEnd());
        if (await Script(context, number))
        {
            return;
        }

        SetEntityTag(context);
        (int start, int length) = RangeOf(context);
        context.Response.ContentLength = length;
        await context.Response.Body.WriteAsync(Content.AsMemory(start, length));
    }

    private (int Start, int Length) RangeOf(HttpContext context)
    {
        string range = context.Request.Headers.Range.ToString();
        string condition = context.Request.Headers.IfRange.ToString();
        if (!Ranges || !range.StartsWith("bytes=", StringComparison.Ordinal) || (condition.Length > 0 && condition != $"\"{EntityTag}\""))
        {
            return (0, Content.Length);
        }

        int start = int.Parse(range["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture);
        if (start >= Content.Length)
        {
            context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            context.Response.Headers.ContentRange = $"bytes */{Content.Length}";
            return (0, 0);
        }

        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.Headers.ContentRange = $"bytes {start}-{Content.Length - 1}/{Content.Length}";
        return (start, Content.Length - start);
    }

    private void SetEntityTag(HttpContext context)
    {
        if (EntityTag is not null)
        {
            context.Response.Headers.ETag = $"\"{EntityTag}\"";
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
