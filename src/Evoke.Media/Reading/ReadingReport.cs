using Evoke.Media.Ffmpeg;

namespace Evoke.Media.Reading;

/// <summary>Says what a person should know about a reading.</summary>
internal sealed class ReadingReport(MediaInfo info, MediaReadOptions options)
{
    // Streams of one file rarely end at the same moment; a file that was cut off ends much earlier than it says.
    private const double ToleratedSeconds = 0.5;
    private const double ToleratedShare = 0.01;
    private const int LongestQuotation = 400;

    private readonly List<string> _said = [];

    /// <summary>Notes how ffmpeg ended and what it said.</summary>
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

    /// <summary>Sums up.</summary>
    /// <param name="picture">Seconds of picture decoded; null for none.</param>
    /// <param name="sound">Seconds of sound decoded, on the picture's clock; null for none.</param>
    public MediaReadSummary Complete(double? picture, double? sound)
    {
        List<string> warnings = [.. info.Notices];
        bool picturesWanted = options.Frames is not null;
        if (picturesWanted && picture is null)
        {
            warnings.Add(info.Video is null ? "the file has no picture" : "no frame of the picture can be decoded");
        }

        if (options.Waveform && sound is null)
        {
            warnings.Add(info.Audio is null ? "the file has no sound" : "no sample of the sound can be decoded");
        }

        AddEarlyEnd(warnings, picture, sound);
        string? said = null;
        if (_said.Count > 0)
        {
            said = string.Join("; ", _said);
            warnings.Add("ffmpeg complained while decoding");
            said = said.Length > LongestQuotation ? said[..LongestQuotation] + "…" : said;
        }

        return new MediaReadSummary { PictureSeconds = picture, SoundSeconds = sound, Warnings = warnings, DecoderSaid = said };
    }

    private void AddEarlyEnd(List<string> warnings, double? picture, double? sound)
    {
        double? pictureShould = picture is null ? null : info.Video!.DurationSeconds;
        double? soundShould = sound is null ? null : info.Audio!.DurationSeconds + SoundStart;
        double? fileShould = info.DurationSeconds - PictureStart;
        bool pictureShort = IsShort(picture, pictureShould);
        bool soundShort = IsShort(sound, soundShould);
        if (pictureShort && soundShort)
        {
            Add("the file", Math.Max(picture!.Value, sound!.Value), Math.Max(pictureShould!.Value, soundShould!.Value));
        }
        else if (pictureShort)
        {
            Add("the picture", picture!.Value, pictureShould!.Value);
        }
        else if (soundShort)
        {
            Add("the sound", sound!.Value, soundShould!.Value);
        }
        else if (pictureShould is null && soundShould is null && IsAllDecoded(picture, sound) && IsShort(Later(picture, sound), fileShould))
        {
            // The container speaks of the file as a whole only: what ends early must be everything in it.
            Add("the file", Later(picture, sound)!.Value, fileShould!.Value);
        }

        void Add(string what, double found, double expected) =>
            warnings.Add(FormattableString.Invariant($"{what} ends early, at {found:0.0} s of {expected:0.0} s: what is there was read; the file may have been cut off"));
    }

    private double PictureStart => info.Video is { } video ? video.StartSeconds - info.StartSeconds : 0;

    private double SoundStart => info is { Video: { } video, Audio: { } audio } ? audio.StartSeconds - video.StartSeconds : 0;

    // What was not decoded may be what lasts to the end; unless ffmpeg complained.
    private bool IsAllDecoded(double? picture, double? sound) =>
        ((picture is not null || info.Video is null) && (sound is not null || info.Audio is null)) || _said.Count > 0;

    private static double? Later(double? a, double? b) => a is { } x && b is { } y ? Math.Max(x, y) : a ?? b;

    private static bool IsShort(double? found, double? expected) =>
        found is { } f && expected is { } e && f < e - Math.Max(ToleratedSeconds, e * ToleratedShare);
}
