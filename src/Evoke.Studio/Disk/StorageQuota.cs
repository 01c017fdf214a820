using System.Globalization;
using Evoke.Studio.Errors;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Disk;

/// <summary>Counts the disk space of uploads, previews and ratings, including files that are being written, and refuses to exceed the quota.</summary>
/// <remarks>Thread-safe. The count is read from the database at the start and kept here afterwards.</remarks>
internal sealed class StorageQuota
{
    private readonly long _limit;
    private long _used;

    /// <summary>Starts with the bytes stored in <paramref name="videos"/>.</summary>
    public StorageQuota(StudioOptions options, VideoTable videos)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(videos);
        _limit = options.QuotaBytes;
        _used = videos.StoredBytes();
    }

    /// <summary>Bytes in use.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>True if a file of this size may be added.</summary>
    public bool HasRoom(long bytes) => Used + bytes <= _limit;

    /// <summary>Starts to count a file: its bytes count while it grows, and afterwards only if it is kept.</summary>
    public Claim Begin() => new(this);

    /// <summary>Subtracts the bytes of deleted files.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);

    /// <summary>The bytes of one file that is being written.</summary>
    internal sealed class Claim : IDisposable
    {
        private readonly StorageQuota _quota;
        private long _bytes;
        private bool _kept;

        internal Claim(StorageQuota quota) => _quota = quota;

        /// <summary>Sets the current or upcoming size of the file in bytes.</summary>
        /// <exception cref="StudioRequestException">The size would exceed the quota (507).</exception>
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
                    $"Uploads and previews may use {_quota._limit:N0} bytes in total, and other files already use {used - bytes:N0}. "
                    + $"Delete videos, or start Studio with a larger --quota."));
            }
        }

        /// <summary>Keeps the finished file in the count, with this many bytes.</summary>
        public void Keep(long bytes)
        {
            Interlocked.Add(ref _quota._used, bytes - _bytes);
            (_bytes, _kept) = (bytes, true);
        }

        /// <summary>Releases the bytes of a file that was not kept.</summary>
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
