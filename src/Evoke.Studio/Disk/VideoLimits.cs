using System.Globalization;
using Evoke.Media;
using Evoke.Studio.Errors;
using Evoke.Studio.Options;

namespace Evoke.Studio.Disk;

/// <summary>How much one video may be.</summary>
public sealed class VideoLimits
{
    private readonly StudioOptions _options;

    /// <summary>Takes the limits of <paramref name="options"/>.</summary>
    public VideoLimits(StudioOptions options) => _options = options;

    /// <summary>Refuses a video that has too many streams or says that it is too long.</summary>
    /// <param name="name">The name shown to people.</param>
    /// <param name="info">What is in its file.</param>
    /// <exception cref="StudioRequestException">It is too much (422).</exception>
    public void ThrowIfTooMuch(string name, MediaInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        int streams = info.VideoStreams.Length + info.AudioStreams.Length;
        if (streams > _options.MaxStreams)
        {
            throw new StudioRequestException(StatusCodes.Status422UnprocessableEntity, string.Create(CultureInfo.InvariantCulture,
                $"'{name}' has {streams} picture and sound streams; at most {_options.MaxStreams} are taken."));
        }

        ThrowIfTooLong(name, info.ToldSeconds ?? 0);
    }

    /// <summary>Refuses a video that is too long; asked again while it is decoded, since a container may say less than it holds.</summary>
    /// <exception cref="StudioRequestException">It is too long (422).</exception>
    public void ThrowIfTooLong(string name, double seconds)
    {
        if (seconds > _options.MaxDuration.TotalSeconds)
        {
            throw new StudioRequestException(StatusCodes.Status422UnprocessableEntity, string.Create(CultureInfo.InvariantCulture,
                $"'{name}' is longer than the {_options.MaxDuration.TotalHours:0.##} hours that are taken."));
        }
    }
}
