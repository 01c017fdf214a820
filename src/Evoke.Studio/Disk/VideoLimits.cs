using System.Globalization;
using Evoke.Media;
using Evoke.Studio.Errors;
using Evoke.Studio.Options;

namespace Evoke.Studio.Disk;

/// <summary>The limits on one video.</summary>
internal sealed class VideoLimits
{
    private readonly StudioOptions _options;

    /// <summary>Uses the limits of <paramref name="options"/>.</summary>
    public VideoLimits(StudioOptions options) => _options = options;

    /// <summary>Rejects a video with too many streams or a declared duration that is too long.</summary>
    /// <param name="name">The display name.</param>
    /// <param name="info">The properties of its file.</param>
    /// <exception cref="StudioRequestException">The video exceeds a limit (422).</exception>
    public void ThrowIfTooMuch(string name, MediaInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        int streams = info.VideoStreams.Length + info.AudioStreams.Length;
        if (streams > _options.MaxStreams)
        {
            throw new StudioRequestException(StatusCodes.Status422UnprocessableEntity, string.Create(CultureInfo.InvariantCulture,
                $"'{name}' has {streams} picture and sound streams; at most {_options.MaxStreams} are allowed."));
        }

        ThrowIfTooLong(name, info.ToldSeconds ?? 0);
    }

    /// <summary>Rejects a video that is too long. Called again during decoding, since a container may declare less than it holds.</summary>
    /// <exception cref="StudioRequestException">The video is too long (422).</exception>
    public void ThrowIfTooLong(string name, double seconds)
    {
        if (seconds > _options.MaxDuration.TotalSeconds)
        {
            throw new StudioRequestException(StatusCodes.Status422UnprocessableEntity, string.Create(CultureInfo.InvariantCulture,
                $"'{name}' is longer than the limit of {_options.MaxDuration.TotalHours:0.##} hours."));
        }
    }
}
