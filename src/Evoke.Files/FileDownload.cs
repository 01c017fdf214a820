using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace Evoke.Files;

/// <summary>Downloads one file over HTTP: resumes after an interruption, retries when the connection breaks, rejects what does not match.</summary>
/// <remarks>Thread-safe for different parts.</remarks>
/// <param name="client">Sends the requests. Its timeout should be infinite: <see cref="DownloadOptions.StallTimeout"/> ends a silent connection.</param>
/// <param name="options">How often and how long to try.</param>
/// <param name="progress">Receives the progress; null for none.</param>
public sealed class FileDownload(HttpClient client, DownloadOptions options, IProgress<DownloadProgress>? progress)
{
    private const int BufferBytes = 1 << 17;

    /// <summary>Downloads all of <paramref name="address"/> into <paramref name="part"/>.</summary>
    /// <param name="address">The address to download.</param>
    /// <param name="expectedBytes">The length that the file must have; null if unknown.</param>
    /// <param name="hashIsKnown">True if a hash will be compared: bytes may then be appended even if the server gives no entity tag.</param>
    /// <param name="part">The file so far.</param>
    /// <param name="cancellationToken">Cancels the download; the bytes that have arrived are kept.</param>
    /// <exception cref="DownloadException">The server refuses, or the connection broke too often.</exception>
    /// <exception cref="LengthMismatchException">The server announces or sends another length.</exception>
    /// <exception cref="FileWriteException">The disk is full, or the part cannot be written.</exception>
    public async Task FetchAsync(Uri address, long? expectedBytes, bool hashIsKnown, PartialFile part, CancellationToken cancellationToken)
    {
        TimeSpan delay = options.RetryDelay;
        long furthest = part.Length;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await AttemptAsync(address, expectedBytes, hashIsKnown, part, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (IsTransient(e) && !cancellationToken.IsCancellationRequested)
            {
                // A server that starts over each time makes no progress, however much it sends.
                if (part.Length > furthest)
                {
                    (furthest, attempt, delay) = (part.Length, 1, options.RetryDelay);
                }

                if (attempt >= MostAttempts(e))
                {
                    throw new DownloadException(
                        address,
                        $"gave up after {attempt} attempts without progress: {Reason(e)} {part.Length} bytes have arrived; the next attempt resumes there.",
                        e);
                }
            }

            progress?.Report(new DownloadProgress(DownloadPhase.Retrying, part.Length, part.ReadNote()?.Bytes));
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
            delay *= 2;
        }
    }

    private async Task AttemptAsync(Uri address, long? expectedBytes, bool hashIsKnown, PartialFile part, CancellationToken cancellationToken)
    {
        PartialNote? note = part.ReadNote();
        bool resume = note is not null && part.Length > 0 && note.Address == address.AbsoluteUri
            && (hashIsKnown || note.EntityTag is not null || note.LastModified is not null);
        if (resume && part.Length == note!.Bytes)
        {
            return; // An earlier run was stopped between the last byte and the check.
        }

        using HttpRequestMessage request = resume ? Continue(address, note!, part.Length) : new HttpRequestMessage(HttpMethod.Get, address);
        using HttpResponseMessage response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        long start = resume ? part.Length : 0;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                part.StartAnew(NoteOf(address, response));
                start = 0;
                break;
            case HttpStatusCode.PartialContent when resume && FitsThePart(response.Content.Headers.ContentRange, note!, start):
                break;
            case HttpStatusCode.RequestedRangeNotSatisfiable when resume && response.Content.Headers.ContentRange?.Length == start:
                return; // Nothing is missing: the server had not stated the length of the file.
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Delete(); // Not the requested range: the file at that address has changed.
                throw new IOException(
                    $"it answered {(int)response.StatusCode} with the range '{response.Content.Headers.ContentRange}', which does not match the partial file.");
            default:
                throw Refusal(address, response);
        }

        long? total = part.ReadNote()?.Bytes;
        ThrowIfLengthIsWrong(address, expectedBytes, total);
        ThrowIfDiskIsFull(part.DataPath, total - start);
        await ReceiveAsync(address, response, part, expectedBytes ?? total, cancellationToken).ConfigureAwait(false);
        if (part.Length < (total ?? 0))
        {
            throw new IOException($"the connection ended after {part.Length} of {total} bytes.");
        }

        ThrowIfLengthIsWrong(address, expectedBytes ?? total, part.Length);
    }

    private static bool FitsThePart(ContentRangeHeaderValue? range, PartialNote note, long start) =>
        range?.From == start && (range.Length is null || note.Bytes is null || range.Length == note.Bytes);

    /// <summary>Requests the rest, provided that the file is unchanged; otherwise the server sends all of it.</summary>
    private static HttpRequestMessage Continue(Uri address, PartialNote note, long start)
    {
        HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Range = new RangeHeaderValue(start, null);
        if ((note.EntityTag ?? note.LastModified) is { } validator)
        {
            request.Headers.TryAddWithoutValidation("If-Range", validator);
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stall.CancelAfter(options.StallTimeout);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"it did not answer within {options.StallTimeout.TotalSeconds} s.", e);
        }
    }

    private async Task ReceiveAsync(Uri address, HttpResponseMessage response, PartialFile part, long? most, CancellationToken cancellationToken)
    {
        long? total = part.ReadNote()?.Bytes;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using FileStream file = part.OpenEnd();
            using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            long length = file.Length;
            int read;
            while ((read = await ReadAsync(body, buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                length += read;
                if (length > most)
                {
                    throw new LengthMismatchException(address.AbsoluteUri, most.Value, length);
                }

                await AppendAsync(file, buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                progress?.Report(new DownloadProgress(DownloadPhase.Downloading, length, total));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Handled apart from the connection: a full disk is no reason to retry.
    private static async Task AppendAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw new FileWriteException(file.Name, error);
        }
    }

    private async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stall.CancelAfter(options.StallTimeout);
        try
        {
            return await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"the connection was silent for {options.StallTimeout.TotalSeconds} s.", e);
        }
    }

    private static PartialNote NoteOf(Uri address, HttpResponseMessage response) => new(
        address.AbsoluteUri,
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null,
        response.Content.Headers.TryGetValues("Last-Modified", out IEnumerable<string>? modified) ? modified.FirstOrDefault() : null,
        response.Content.Headers.ContentLength);

    private static Exception Refusal(Uri address, HttpResponseMessage response)
    {
        int code = (int)response.StatusCode;
        return code switch
        {
            // The handler follows redirects, but never from https to http; then the redirect itself arrives here.
            >= 300 and < 400 => new DownloadException(
                address, $"it redirects to {response.Headers.Location}, which is not followed: too many redirects, or from https to http."),
            408 or 425 or 429 or >= 500 => new HttpRequestException($"it answered {code} {response.ReasonPhrase}.", null, response.StatusCode),
            _ => new DownloadException(address, $"it answered {code} {response.ReasonPhrase}."),
        };
    }

    private static void ThrowIfLengthIsWrong(Uri address, long? expected, long? found)
    {
        if (expected is { } e && found is { } f && e != f)
        {
            throw new LengthMismatchException(address.AbsoluteUri, e, f);
        }
    }

    private static void ThrowIfDiskIsFull(string path, long? needed)
    {
        long available = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
        if (needed > available)
        {
            throw FileWriteException.NoRoom(path, needed.Value, available);
        }
    }

    // A name that cannot be resolved now will not resolve in ten seconds: the machine is offline, or the name is wrong.
    private int MostAttempts(Exception e) => e is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } ? 1 : options.MaxAttempts;

    private static bool IsTransient(Exception e) => e is HttpRequestException or IOException;

    private static string Reason(Exception e) => (e as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "the host name cannot be resolved.",
        HttpRequestError.ConnectionError => "the host cannot be reached.",
        HttpRequestError.SecureConnectionError => "the secure connection failed.",
        _ => e.Message.EndsWith('.') ? e.Message : e.Message + ".",
    };
}
