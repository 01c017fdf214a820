using Evoke.Media.Containers;
using Evoke.Media.Ffmpeg;

namespace Evoke.Media.Reading;

/// <summary>Collects the warnings about a reading.</summary>
internal sealed class ReadingReport(MediaInfo info, MediaReadOptions options)
{
    // Streams of one file rarely end at the same moment; a file that was cut off ends much earlier than it says.
    private const double ToleratedSeconds = ReadingLength.PaddingSeconds;
    private const double ToleratedShare = 0.01;
    private const int LongestQuotation = 400;

    // A container's length beyond this many times what was decoded, and beyond this many seconds, is damaged or was never written.
    private const double LargestFactor = 100;
    private const double LargestSeconds = 3600;

    private readonly List<string> _notices = [];
    private readonly List<string> _said = [];
    private double _turnedSeconds;

    /// <summary>Adds a note to the result.</summary>
    public void Notice(string text) => _notices.Add(text);

    /// <summary>Records for how many seconds the stereo channels cancelled each other.</summary>
    public void Turned(double seconds) => _turnedSeconds = seconds;

    /// <summary>Records how ffmpeg ended and what it wrote.</summary>
    public void Listen(ProgramEnding ending)
    {
        if (ending.ExitCode != 0)
        {
            _said.Add(FormattableString.Invariant($"ffmpeg ended with exit code {ending.ExitCode}"));
        }

        if (!string.IsNullOrEmpty(ending.Said))
        {
            _said.Add(ending.Said);
        }
    }

    /// <summary>The summary of the reading.</summary>
    /// <param name="picture">Seconds of picture decoded; null for none.</param>
    /// <param name="sound">Seconds of sound decoded, on the picture's clock; null for none.</param>
    /// <param name="seconds">Length of the whole.</param>
    /// <param name="lateSeconds">By how much the first frame that could be decoded comes after the beginning of the picture.</param>
    public MediaReadSummary Complete(double? picture, double? sound, double seconds, double lateSeconds)
    {
        List<string> warnings = [.. info.Notices, .. _notices];
        bool picturesWanted = options.Frames is not null;
        if (picturesWanted && picture is null)
        {
            warnings.Add(info.Video is null ? "the file has no picture" : "no frame of the picture can be decoded");
        }

        if (options.Waveform && sound is null)
        {
            warnings.Add(info.Audio is null ? "the file has no sound" : "no sample of the sound can be decoded");
        }

        AddSoundTrack(warnings, sound);
        if (picture is not null && lateSeconds > ToleratedSeconds)
        {
            warnings.Add(FormattableString.Invariant(
                $"the first {lateSeconds:0.0} s of the picture cannot be decoded; time is counted from the first frame that can"));
        }

        if (!AddEarlyEnd(warnings, picture, sound, Math.Max(0, lateSeconds)))
        {
            AddWhichEndsFirst(warnings, picture, sound, seconds);
        }

        string? said = null;
        if (_said.Count > 0)
        {
            said = string.Join("; ", _said);
            warnings.Add("ffmpeg reported errors while decoding");
            said = said.Length > LongestQuotation ? said[..LongestQuotation] + "…" : said;
        }

        return new MediaReadSummary { Seconds = seconds, PictureSeconds = picture, SoundSeconds = sound, Warnings = warnings, DecoderSaid = said };
    }

    // With several tracks, the one that was used is named.
    private void AddSoundTrack(List<string> warnings, double? sound)
    {
        if (sound is null || info.Audio is not { } heard)
        {
            return;
        }

        if (info.AudioStreams.Length > 1)
        {
            string?[] names = [heard.Language, heard.Title is { } title ? $"'{title}'" : null, heard.IsCommentary ? "commentary" : null];
            string name = string.Join(", ", names.OfType<string>());
            warnings.Add(FormattableString.Invariant(
                $"of {info.AudioStreams.Length} sound tracks, track {info.AudioStreams.IndexOf(heard) + 1}{(name.Length == 0 ? "" : $" ({name})")} was used"));
        }

        if (_turnedSeconds >= Math.Min(1, sound.Value / 2) && _turnedSeconds > 0)
        {
            warnings.Add(FormattableString.Invariant(
                $"the stereo channels cancel each other for {_turnedSeconds:0.0} s (one is phase-inverted); the right channel was inverted there"));
        }
    }

    private static void AddWhichEndsFirst(List<string> warnings, double? picture, double? sound, double seconds)
    {
        if (picture is not { } p || sound is not { } s || Math.Abs(p - s) <= Math.Max(ToleratedSeconds, seconds * ToleratedShare))
        {
            return;
        }

        warnings.Add(p < s
            ? FormattableString.Invariant($"the picture ends first, at {p:0.0} s; its last frame stays until the sound ends, at {seconds:0.0} s")
            : FormattableString.Invariant($"the sound ends first, at {s:0.0} s; the picture goes on until {seconds:0.0} s"));
    }

    // True if something was reported.
    private bool AddEarlyEnd(List<string> warnings, double? picture, double? sound, double lateSeconds)
    {
        Wholeness wholeness = ContainerStructure.Of(info.Path, info.Format).Wholeness;

        // Nothing is missing from a complete file: a longer stated length is wrong, unless ffmpeg could not decode the rest.
        bool believed = !IsMeasured && (wholeness != Wholeness.Whole || _said.Count > 0);
        string cause = wholeness == Wholeness.Whole ? "the rest cannot be decoded" : "the file may have been cut off";
        double? pictureShould = picture is null ? null : info.Video!.DurationSeconds - lateSeconds;
        double? soundShould = sound is null ? null : info.Audio!.DurationSeconds + SoundStart - lateSeconds;
        double? fileShould = info.DurationSeconds - PictureStart - lateSeconds;
        bool pictureShort = believed && IsShort(picture, pictureShould);
        bool soundShort = believed && IsShort(sound, soundShould);
        if (pictureShort && soundShort)
        {
            return Add("the file", Math.Max(picture!.Value, sound!.Value), Math.Max(pictureShould!.Value, soundShould!.Value));
        }

        if (pictureShort)
        {
            return Add("the picture", picture!.Value, pictureShould!.Value);
        }

        if (soundShort)
        {
            return Add("the sound", sound!.Value, soundShould!.Value);
        }

        if (believed && pictureShould is null && soundShould is null && IsAllDecoded(picture, sound) && IsShort(Later(picture, sound), fileShould))
        {
            // The container states only the length of the whole file: if it ends early, everything in it does.
            return Add("the file", Later(picture, sound)!.Value, fileShould!.Value);
        }

        if (wholeness == Wholeness.Cut && Later(picture, sound) is { } end)
        {
            warnings.Add(FormattableString.Invariant(
                $"the file ends in the middle of a packet, at {end:0.0} s: everything up to there was read; it may have been cut off"));
        }

        return false;

        bool Add(string what, double found, double expected)
        {
            warnings.Add(FormattableString.Invariant($"{what} ends early, at {found:0.0} s of {expected:0.0} s: everything up to there was read; {cause}"));
            return true;
        }
    }

    // These have no header with a length: ffprobe takes it from the last page or packet found, on a clock that may have jumped.
    private bool IsMeasured => info.Format is "ogg" or "mpegts" or "mpeg";

    private double PictureStart => info.Video is { } video ? video.StartSeconds - info.StartSeconds : 0;

    private double SoundStart => info is { Video: { } video, Audio: { } audio } ? audio.StartSeconds - video.StartSeconds : 0;

    // A stream that was not decoded may last to the end, unless ffmpeg reported errors.
    private bool IsAllDecoded(double? picture, double? sound) =>
        ((picture is not null || info.Video is null) && (sound is not null || info.Audio is null)) || _said.Count > 0;

    private static double? Later(double? a, double? b) => a is { } x && b is { } y ? Math.Max(x, y) : a ?? b;

    private static bool IsShort(double? found, double? expected) =>
        found is { } f && expected is { } e && f < e - Math.Max(ToleratedSeconds, e * ToleratedShare) && e <= Math.Max(LargestSeconds, f * LargestFactor);
}
