using System.Net;
using System.Net.Http.Headers;

namespace Evoke.Files.Tests;

/// <summary>A server inside the process that answers request number n (from 0) as a test says, and keeps what was asked.</summary>
internal sealed class ScriptedAnswers(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    /// <summary>The requests so far: "Range If-Range", both empty for a request of the whole file.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The whole file, or another body, with the given status.</summary>
    public static HttpResponseMessage Whole(byte[] body, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new ByteArrayContent(body) };

    /// <summary>A body whose length the server does not state.</summary>
    public static HttpResponseMessage Unsized(Stream body) => new(HttpStatusCode.OK) { Content = new StreamContent(new Unseekable(body)) };

    /// <summary>A 206 with a body that starts at byte <paramref name="from"/>.</summary>
    public static HttpResponseMessage Part(byte[] body, long from, long? total)
    {
        HttpResponseMessage response = Whole(body, HttpStatusCode.PartialContent);
        long last = from + Math.Max(body.Length, 1) - 1;
        response.Content.Headers.ContentRange = total is { } all ? new ContentRangeHeaderValue(from, last, all) : new ContentRangeHeaderValue(from, last);
        return response;
    }

    /// <summary>A 416, which says how long the file is.</summary>
    public static HttpResponseMessage NoSuchRange(long total)
    {
        HttpResponseMessage response = Whole([], HttpStatusCode.RequestedRangeNotSatisfiable);
        response.Content.Headers.ContentRange = new ContentRangeHeaderValue(total);
        return response;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string condition = request.Headers.TryGetValues("If-Range", out IEnumerable<string>? values) ? string.Join(",", values) : "";
        Requests.Add($"{request.Headers.Range} {condition}");
        return Requests.Count <= answers.Length
            ? Task.FromResult(answers[Requests.Count - 1]())
            : throw new InvalidOperationException($"Request {Requests.Count} was not expected.");
    }

    /// <summary>Hides its length, as a connection does.</summary>
    private sealed class Unseekable(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
