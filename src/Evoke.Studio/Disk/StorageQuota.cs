using System.Globalization;
using Evoke.Studio.Errors;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Disk;

/// <summary>Counts what uploads and previews take of the disk, those that are being written included, and refuses what is too much.</summary>
/// <remarks>Thread-safe. The database is asked once, at the start; from then on the count is kept here.</remarks>
public sealed class StorageQuota
{
    private readonly long _limit;
    private long _used;

    /// <summary>Counts from what <paramref name="videos"/> holds.</summary>
    public StorageQuota(StudioOptions options, VideoTable videos)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(videos);
        _limit = options.QuotaBytes;
        _used = videos.StoredBytes();
    }

    /// <summary>Bytes in use.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Begins to write a file: its bytes count while it grows, and go on to count only if it is kept.</summary>
    public Claim Begin() => new(this);

    /// <summary>A file, or several, are no longer there.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);

    /// <summary>The bytes of one file that is being written.</summary>
    public sealed class Claim : IDisposable
    {
        private readonly StorageQuota _quota;
        private long _bytes;
        private bool _kept;

        internal Claim(StorageQuota quota) => _quota = quota;

        /// <summary>The file has, or is about to have, this many bytes.</summary>
        /// <exception cref="StudioRequestException">That is more than there is room for (507).</exception>
        public void GrowTo(long bytes)
        {
            if (bytes <= _bytes)
            {
                return;
            }

            long used = Interlocked.Add(ref _quota._used, bytes - _bytes);
            _bytes = bytes;
            if (used > _quota._limit)
            {
                throw new StudioRequestException(StatusCodes.Status507InsufficientStorage, string.Create(CultureInfo.InvariantCulture,
                    $"Uploads and previews together may take {_quota._limit:N0} bytes, and {used - bytes:N0} are used by others. "
                    + $"Delete videos, or start Studio with a larger --quota."));
            }
        }

        /// <summary>The file is whole and stays, with this many bytes.</summary>
        public void Keep(long bytes)
        {
            Interlocked.Add(ref _quota._used, bytes - _bytes);
            (_bytes, _kept) = (bytes, true);
        }

        /// <summary>Gives back what was not kept.</summary>
        public void Dispose()
        {
            if (!_kept)
            {
                _quota.Release(_bytes);
                _bytes = 0;
            }
        }
    }
}
