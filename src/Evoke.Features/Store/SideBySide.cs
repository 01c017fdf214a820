namespace Evoke.Features.Store;

/// <summary>Joins features of one video from several files.</summary>
internal static class SideBySide
{
    /// <summary>Joins them; the length of the video is the one that its file has, where that was read, else that of the first file.</summary>
    /// <param name="parts">The files and their features, in the order in which their numbers go into a row.</param>
    /// <exception cref="FeatureFileException">They are on different clocks, of different lengths or videos, or twice of the same encoder.</exception>
    public static VideoFeatures Join(IReadOnlyList<(string Path, VideoFeatures Features)> parts)
    {
        (string path, VideoFeatures first) = parts.FirstOrDefault(part => part.Features.SourceBytes > 0, parts[0]);
        foreach ((string otherPath, VideoFeatures other) in parts)
        {
            ThrowIfOtherVideo(path, first, otherPath, other);
        }

        Part[] visual = [.. Parts(parts, features => features.Visual, features => features.PictureMissing)];
        Part[] audio = [.. Parts(parts, features => features.Audio, features => features.SoundMissing)];
        return first with
        {
            Visual = Joined("visual", visual, first.DurationSeconds),
            Audio = Joined("audio", audio, first.DurationSeconds),
            AudioTrack = parts.Select(part => part.Features).FirstOrDefault(features => features.Audio is not null)?.AudioTrack,
            PictureMissing = visual.Length > 0 && visual.All(part => part.IsMissing),
            SoundMissing = audio.Length > 0 && audio.All(part => part.IsMissing),
            Warnings = [.. parts.SelectMany(part => part.Features.Warnings).Distinct(StringComparer.Ordinal)],
        };
    }

    private static IEnumerable<Part> Parts(
        IReadOnlyList<(string Path, VideoFeatures Features)> parts, Func<VideoFeatures, FeatureSequence?> modality, Func<VideoFeatures, bool> isMissing) =>
        from part in parts
        let sequence = modality(part.Features)
        where sequence is not null
        select new Part(part.Path, sequence, isMissing(part.Features));

    private static void ThrowIfOtherVideo(string path, VideoFeatures first, string otherPath, VideoFeatures other)
    {
        if (other.SourceBytes > 0 && (other.SourceName, other.SourceBytes) != (first.SourceName, first.SourceBytes))
        {
            throw new FeatureFileException(otherPath, FormattableString.Invariant(
                $"it has features of {other.SourceName} ({other.SourceBytes} bytes); {path} has those of {first.SourceName} ({first.SourceBytes} bytes)."));
        }

        if (Math.Abs(other.DurationSeconds - first.DurationSeconds) > FeatureJoin.MostSecondsApart)
        {
            throw new FeatureFileException(otherPath, FormattableString.Invariant(
                $"its features are of {other.DurationSeconds:0.##} s, those in {path} of {first.DurationSeconds:0.##} s: ")
                + "they are not of one video, or a rate is wrong.");
        }
    }

    private static FeatureSequence? Joined(string modality, Part[] parts, double seconds)
    {
        if (parts.Length == 0)
        {
            return null;
        }

        Part first = parts[0];
        for (int i = 1; i < parts.Length; i++)
        {
            ThrowIfUnfit(modality, first, parts[i]);
            if (Array.Find(parts[..i], part => part.Sequence.Encoder.IsSameEncoderAs(parts[i].Sequence.Encoder)) is { } twin)
            {
                throw new FeatureFileException(
                    parts[i].Path, $"its {modality} features are of {twin.Sequence.Encoder}, as are those in {twin.Path}: there is nothing to join.");
            }
        }

        FeatureSequence[] fitted = [.. parts.Select(part => FeatureJoin.Fitted(part.Sequence, seconds)!)];
        return parts.Length == 1 ? fitted[0] : Joined(fitted);
    }

    private static void ThrowIfUnfit(string modality, Part first, Part other)
    {
        if (other.Sequence.Rate != first.Sequence.Rate)
        {
            throw new FeatureFileException(
                other.Path,
                $"its {modality} features have {other.Sequence.Rate} steps per second, those in {first.Path} {first.Sequence.Rate}: "
                + "extract or import both with the same --rate.");
        }
    }

    private static FeatureSequence Joined(FeatureSequence[] parts) => new(
        EncoderIdentity.Join([.. parts.Select(part => part.Encoder)]),
        parts[0].Rate,
        parts.Sum(part => part.Width),
        FeatureSequence.SideBySide(parts, parts[0].Steps));

    private sealed record Part(string Path, FeatureSequence Sequence, bool IsMissing);
}
