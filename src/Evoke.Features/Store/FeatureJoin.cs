using Evoke.Curves;

namespace Evoke.Features.Store;

/// <summary>Joins new features of a video with the stored features of the modality that the new ones do not have.</summary>
internal static class FeatureJoin
{
    // As 'dataset check' tolerates by default: picture and sound of a film, or a file and another program's features of it, rarely end together.
    public const double MostSecondsApart = 2;

    /// <summary>Joins them; the length of the video is the one that its file has, where that was read, else that of the picture's features.</summary>
    /// <param name="fresh">The new features.</param>
    /// <param name="stored">The stored ones of the same video.</param>
    /// <param name="path">Their file, for errors.</param>
    /// <returns><paramref name="fresh"/> itself if there is nothing to keep.</returns>
    /// <exception cref="FeatureFileException">The stored features are of another file, or of another length by more than two seconds.</exception>
    public static VideoFeatures Join(VideoFeatures fresh, VideoFeatures stored, string path)
    {
        bool keepsVisual = fresh.Visual is null && stored.Visual is not null;
        bool keepsAudio = fresh.Audio is null && stored.Audio is not null;
        if (!keepsVisual && !keepsAudio)
        {
            return fresh;
        }

        (string kept, string added) = keepsVisual ? ("visual", "audio") : ("audio", "visual");
        ThrowIfOtherSource(path, stored.SourceName, stored.SourceBytes, fresh.SourceName, fresh.SourceBytes);
        if (Math.Abs(fresh.DurationSeconds - stored.DurationSeconds) > MostSecondsApart)
        {
            throw new FeatureFileException(
                path,
                FormattableString.Invariant($"its {kept} features are of {stored.DurationSeconds:0.##} s from {stored.SourceName}, ")
                + FormattableString.Invariant($"the new {added} features of {fresh.DurationSeconds:0.##} s from {fresh.SourceName}: ")
                + "they are not of one video, or a rate is wrong. Use another folder to keep them apart.");
        }

        VideoFeatures clock = fresh.SourceBytes > 0 ? fresh : stored.SourceBytes > 0 || keepsVisual ? stored : fresh;
        return clock with
        {
            Visual = Fitted(keepsVisual ? stored.Visual : fresh.Visual, clock.DurationSeconds),
            Audio = Fitted(keepsAudio ? stored.Audio : fresh.Audio, clock.DurationSeconds),
            AudioTrack = keepsAudio ? stored.AudioTrack : fresh.AudioTrack,
            PictureMissing = keepsVisual ? stored.PictureMissing : fresh.PictureMissing,
            SoundMissing = keepsAudio ? stored.SoundMissing : fresh.SoundMissing,
            // Warnings about features that are replaced are not kept.
            Warnings = stored.Visual is not null && stored.Audio is not null ? fresh.Warnings : [.. stored.Warnings.Union(fresh.Warnings)],
            DecoderSaid = fresh.DecoderSaid,
        };
    }

    /// <summary>Refuses features of a file that has changed since. Imported features (0 bytes) name no file.</summary>
    /// <exception cref="FeatureFileException">Name or size differ.</exception>
    public static void ThrowIfOtherSource(string path, string storedName, long storedBytes, string name, long bytes)
    {
        if (storedBytes > 0 && bytes > 0 && (storedName != name || storedBytes != bytes))
        {
            throw new FeatureFileException(
                path,
                FormattableString.Invariant($"the features in it that were not requested are from {storedName} ({storedBytes} bytes); the video is {name} ")
                + FormattableString.Invariant($"({bytes} bytes). Extract picture and sound together, or use another folder."));
        }
    }

    /// <summary>The features of so many seconds. Rows stay where they are; the last is repeated, or those after the end are dropped.</summary>
    public static FeatureSequence? Fitted(FeatureSequence? features, double seconds)
    {
        if (features is null)
        {
            return null;
        }

        int steps = TimeGrid.ForDuration(seconds, features.Rate).Count;
        if (steps == features.Steps)
        {
            return features;
        }

        float[] values = new float[checked(steps * features.Width)]; // [steps, width]
        for (int step = 0; step < steps; step++)
        {
            features.Row(Math.Min(step, features.Steps - 1)).CopyTo(values.AsSpan(step * features.Width));
        }

        return features with { Values = values };
    }
}
