using Evoke.Media.Ffmpeg;
using Evoke.Media.Reading;

namespace Evoke.Media.Previews;

/// <summary>ffmpeg's arguments for a <see cref="PreviewFilm"/>.</summary>
internal static class PreviewCommand
{
    private const double UnknownFrameRate = 25;

    // Lower values hardly improve the picture but enlarge the file.
    private const string Quality = "26";

    public static IReadOnlyList<string> For(MediaInfo film, PreviewOptions options, bool toneMap, string path)
    {
        List<string> arguments =
        [
            "-nostdin", "-hide_banner", "-nostats", "-loglevel", "error", "-progress", "pipe:1", "-stats_period", "0.5", "-y",
            .. MediaFile.SafetyArguments,
        ];
        if (film.Video is { } stored)
        {
            arguments.AddRange(RacingDecoders.OneThread(stored));
        }

        arguments.AddRange(["-max_error_rate", "1", .. film.InputArguments, "-i", MediaFile.Argument(film.Path)]);
        if (film.Video is { } picture)
        {
            AddPicture(arguments, picture, options, toneMap);
        }

        if (film.Audio is { } sound)
        {
            AddSound(arguments, film, sound);
        }

        arguments.AddRange(["-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4", MediaFile.Argument(path)]);
        return arguments;
    }

    private static void AddPicture(List<string> arguments, VideoStreamInfo picture, PreviewOptions options, bool toneMap)
    {
        double rate = picture.FrameRate ?? UnknownFrameRate;
        rate /= Math.Ceiling(rate / options.MostFramesPerSecond);
        (int width, int height) = Size(picture, options.LongestSide);
        string pick = FormattableString.Invariant($"{PictureFilters.Microseconds},setpts=PTS-STARTPTS,fps=fps={FrameRate.From(rate)}:start_time=0");
        // ffmpeg itself rotates the picture and then removes the rotation metadata; our own rotation filter would leave it.
        VideoStreamInfo upright = picture with { RotationDegrees = 0, IsMirrored = false };
        string shown = PictureFilters.Shown(upright, pick, width, height, toneMap) + ",setsar=1,format=yuv420p";
        arguments.AddRange(
        [
            "-map", FormattableString.Invariant($"0:{picture.Index}"), "-filter:v:0", shown,
            // A key frame a second and no B-frames: dragging along the timeline must feel immediate.
            "-c:v:0", "libx264", "-preset", "veryfast", "-crf", Quality, "-bf", "0", "-g", FormattableString.Invariant($"{Math.Max(1, Math.Round(rate)):0}"),
            "-threads:v:0", FormattableString.Invariant($"{options.Threads}"),
        ]);
    }

    // ffmpeg begins the earliest stream at 0; the picture is to begin there, with silence where there is no sound yet.
    private static void AddSound(List<string> arguments, MediaInfo film, AudioStreamInfo sound)
    {
        double pictureStart = film.Video is { } picture ? Math.Max(0, picture.StartSeconds - film.StartSeconds) : 0;
        arguments.AddRange(
        [
            "-map", FormattableString.Invariant($"0:{sound.Index}"),
            "-filter:a:0", FormattableString.Invariant($"asetpts=PTS-{pictureStart:0.######}/TB,aresample=async=1:first_pts=0"),
            "-c:a:0", "aac", "-b:a:0", "96k", "-ac:a:0", "2", "-ar:a:0", "48000",
        ]);
    }

    // As displayed: non-square pixels become square.
    private static (int Width, int Height) Size(VideoStreamInfo picture, int longest)
    {
        (double width, double height) = (picture.Width * picture.PixelAspect, picture.Height);
        double scale = Math.Min(1, longest / Math.Max(width, height));
        return (Even(width * scale), Even(height * scale));
    }

    private static int Even(double pixels) => Math.Max(2, (int)Math.Round(pixels / 2) * 2);
}
