using Evoke.Curves;

namespace Evoke.Features.Import;

/// <summary>Open features of the picture, the sound or both, read video by video on one clock. Thread-safe.</summary>
internal sealed class RowTrackPair : IDisposable
{
    // The sound of a film often ends a little before its picture; more than this is worth a warning.
    private const double WorthTellingSeconds = 2;

    private readonly Lock _gate = new();
    private readonly RowTrack? _visual;
    private readonly RowTrack? _audio;
    private readonly Rate _rate;
    private readonly RowChoice _choice;

    private RowTrackPair(RowTrack? visual, RowTrack? audio, FeatureImportOptions options)
    {
        (_visual, _audio, _rate, _choice) = (visual, audio, options.Rate, options.Rows);
        VideoIds = [.. new[] { visual, audio }.OfType<RowTrack>().SelectMany(track => track.VideoIds).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The ids of the videos of either modality, in ordinal order.</summary>
    public IReadOnlyList<string> VideoIds { get; }

    /// <summary>Where the features come from; the picture's if there are both.</summary>
    public string Path => (_visual ?? _audio)!.Origin.Path;

    public static RowTrackPair Open(FeatureImportOptions options, CancellationToken cancellationToken)
    {
        RowTrack? visual = RowTrack.Open(options.Visual, cancellationToken);
        try
        {
            return new(visual, RowTrack.Open(options.Audio, cancellationToken), options);
        }
        catch
        {
            visual?.Dispose();
            throw;
        }
    }

    /// <summary>True if either modality has the video.</summary>
    public bool Contains(string videoId) => _visual?.Contains(videoId) == true || _audio?.Contains(videoId) == true;

    /// <summary>The videos that only the other modality has: those without picture, and those without sound. Empty if there is one modality only.</summary>
    public (IReadOnlyList<string> Visual, IReadOnlyList<string> Audio) Lacking() => _visual is null || _audio is null
        ? ([], [])
        : ([.. VideoIds.Where(id => !_visual.Contains(id))], [.. VideoIds.Where(id => !_audio.Contains(id))]);

    /// <summary>Reads one video; a modality that has no features of it is missing, which the features record.</summary>
    public VideoFeatures Read(string videoId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Combine(videoId, _visual?.Read(videoId, cancellationToken), _audio?.Read(videoId, cancellationToken));
        }
    }

    public void Dispose()
    {
        _visual?.Dispose();
        _audio?.Dispose();
    }

    private VideoFeatures Combine(string id, TimedRows? picture, TimedRows? sound)
    {
        double duration = (picture ?? sound)!.Seconds;
        int steps = TimeGrid.ForDuration(duration, _rate).Count;
        return new VideoFeatures
        {
            VideoId = id,
            SourceName = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator((picture is null ? _audio : _visual)!.Origin.Path)),
            SourceBytes = 0, // of the video, which is not available
            DurationSeconds = duration,
            Visual = _visual?.At(picture, _rate, steps, _choice),
            Audio = _audio?.At(sound, _rate, steps, _choice),
            PictureMissing = _visual is not null && picture is null,
            SoundMissing = _audio is not null && sound is null,
            Warnings = [.. Warnings("picture", picture), .. Warnings("sound", sound), .. LengthWarnings(picture, sound)],
        };
    }

    private static IEnumerable<string> Warnings(string modality, TimedRows? rows) =>
        (rows?.Warnings ?? []).Select(warning => $"the {modality}'s features: {warning}");

    private static IEnumerable<string> LengthWarnings(TimedRows? picture, TimedRows? sound)
    {
        double apart = picture is null || sound is null ? 0 : sound.Seconds - picture.Seconds;
        if (apart < -WorthTellingSeconds)
        {
            yield return FormattableString.Invariant($"the sound's features end at {sound!.Seconds:0.##} s of {picture!.Seconds:0.##} s; ")
                + "their last row is repeated";
        }
        else if (apart > WorthTellingSeconds)
        {
            yield return FormattableString.Invariant($"the sound's features go on to {sound!.Seconds:0.##} s, those of the picture end at ")
                + FormattableString.Invariant($"{picture!.Seconds:0.##} s; what comes later is left out. Is a rate wrong?");
        }
    }
}
