using System.Collections.Immutable;
using CliWrap;
using Evoke.Curves;
using Evoke.Curves.Moments;
using Evoke.Heads.Models;
using Evoke.Studio.Storage;
using StudioResults = Evoke.Studio.Storage.ResultTable;

namespace Evoke.Bench;

/// <summary>An hour of film with fifteen curves and an ensemble's spread, added to Studio's library as if it had been analysed.</summary>
internal static class LongFilm
{
    public const string Id = "00000000000000f0";
    private const int Minutes = 60;
    private static readonly Rate Rate = new(6);

    /// <summary>Creates the film in a folder and adds it.</summary>
    public static async Task EnterAsync(string folder, VideoTable videos, StudioResults results)
    {
        string path = await MakeAsync(folder).ConfigureAwait(false);
        EmotionCurves curves = Draw();
        videos.Add(new VideoRecord
        {
            Id = Id,
            Name = "hour.mp4",
            Path = path,
            Owned = true,
            Bytes = new FileInfo(path).Length,
            Added = DateTimeOffset.UtcNow,
            DurationSeconds = Minutes * 60,
            Width = 640,
            Height = 360,
            FrameRate = 25,
            Playable = true,
        });
        results.Save(new ResultRecord
        {
            VideoId = Id,
            Model = "affect",
            Created = DateTimeOffset.UtcNow,
            DurationSeconds = Minutes * 60,
            Scheme = curves.Scheme.Names,
            Rate = Rate,
            Curves = curves.Values.ToArray(),
            Spread = [.. curves.Values.ToArray().Select(value => 0.05f + (0.1f * value))],
            Details = new ResultDetails
            {
                Model = new ModelCard
                {
                    Name = "affect",
                    Description = "Drawn curves.",
                    Scheme = curves.Scheme.Names,
                    Scores = ImmutableSortedDictionary<string, double>.Empty,
                    Members = 5,
                },
                FeatureKey = "none",
                Moments = [.. MomentFinder.Find(curves).Select(moment => MomentCard.Of(moment, curves))],
                Summary = [.. EmotionSummary.Of(curves)],
                Warnings = [],
            },
        });
    }

    // One minute is encoded and repeated.
    private static async Task<string> MakeAsync(string folder)
    {
        string minute = Path.Combine(folder, "minute.mp4");
        string hour = Path.Combine(folder, "hour.mp4");
        await FfmpegAsync(
            "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=60,noise=alls=4:allf=t", "-f", "lavfi", "-i",
            "sine=frequency=330:sample_rate=48000:duration=60",
            "-c:v", "libx264", "-preset", "veryfast", "-b:v", "600k", "-pix_fmt", "yuv420p", "-c:a", "aac", minute).ConfigureAwait(false);
        await FfmpegAsync("-stream_loop", $"{Minutes - 1}", "-i", minute, "-c", "copy", "-movflags", "+faststart", hour).ConfigureAwait(false);
        return hour;
    }

    private static async Task FfmpegAsync(params string[] arguments) =>
        await Cli.Wrap("ffmpeg").WithArguments(["-nostdin", "-v", "error", .. arguments]).ExecuteAsync().ConfigureAwait(false);

    // Noisy curves that return to a level of their own, as emotions do.
    private static EmotionCurves Draw()
    {
        EmotionScheme scheme = EmotionScheme.Eev;
        TimeGrid grid = TimeGrid.ForDuration(Minutes * 60, Rate);
        Random random = new(1);
        float[] values = new float[grid.Count * scheme.Count];
        for (int emotion = 0; emotion < scheme.Count; emotion++)
        {
            double level = 0.1 + (0.5 * random.NextDouble());
            double here = level;
            for (int step = 0; step < grid.Count; step++)
            {
                here += (0.02 * (level - here)) + (0.03 * (random.NextDouble() - 0.5));
                values[(step * scheme.Count) + emotion] = (float)Math.Clamp(here, 0, 1);
            }
        }

        return new EmotionCurves(scheme, grid, values);
    }
}
