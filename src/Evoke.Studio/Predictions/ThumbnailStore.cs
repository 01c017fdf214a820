using System.Globalization;
using Evoke.Files;
using Evoke.Media;
using Evoke.Media.Previews;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>Thumbnails, created on first request and kept on disk. Only a few are created at a time, so that they do not slow down the analysis.</summary>
internal sealed class ThumbnailStore : IDisposable
{
    private const int Narrowest = 16;
    private const int Widest = 640;
    private const int MostAtOnce = 2;
    private readonly AnalysisFiles _files;
    private readonly VideoAccess _access;
    private readonly SemaphoreSlim _turns = new(MostAtOnce);

    /// <summary>Keeps thumbnails beside the other files of a video.</summary>
    public ThumbnailStore(AnalysisFiles files, VideoAccess access) => (_files, _access) = (files, access);

    /// <summary>The pictures at the given times in seconds, as JPEG, in the same order.</summary>
    /// <exception cref="StudioRequestException">The video has no picture (404), or a number is out of range (400).</exception>
    public async Task<IReadOnlyList<byte[]>> GetAsync(VideoRecord video, IReadOnlyList<double> seconds, int width, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(video);
        ArgumentNullException.ThrowIfNull(seconds);
        if (seconds.Any(second => !double.IsFinite(second) || second < 0) || width is < Narrowest or > Widest)
        {
            throw new StudioRequestException(StatusCodes.Status400BadRequest,
                $"A thumbnail needs a time of 0 seconds or more and a width from {Narrowest} to {Widest} pixels.");
        }

        if (!video.HasPicture)
        {
            throw new StudioRequestException(StatusCodes.Status404NotFound, $"'{video.Name}' has no picture.");
        }

        string PathOf(double second) => System.IO.Path.Combine(
            _files.ThumbnailFolder(video.Id), string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Round(second * 1000)}-{width}.jpg"));
        double[] missing = [.. seconds.Where(second => !File.Exists(PathOf(second))).Distinct()];
        IReadOnlyList<byte[]> made = missing.Length == 0 ? [] : await MakeAsync(video, missing, width, cancellation).ConfigureAwait(false);
        for (int i = 0; i < missing.Length; i++)
        {
            Keep(PathOf(missing[i]), made[i]);
        }

        return await Task.WhenAll(seconds.Select(second => Array.IndexOf(missing, second) is >= 0 and int at
            ? Task.FromResult(made[at])
            : File.ReadAllBytesAsync(PathOf(second), cancellation))).ConfigureAwait(false);
    }

    private static void Keep(string path, byte[] jpeg)
    {
        try
        {
            AtomicFile.Write(path, stream => stream.Write(jpeg));
        }
        catch (FileWriteException full) when (full.IsDiskFull)
        {
            // The picture is shown all the same, and made again next time.
        }
    }

    private async Task<IReadOnlyList<byte[]>> MakeAsync(VideoRecord video, double[] seconds, int width, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            MediaInfo film = await _access.ProbeAsync(video, cancellation).ConfigureAwait(false);
            return await Thumbnails.TakeAsync(film, seconds, width, ThumbnailFormat.Jpeg, programs: null, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();
}
