using Evoke.Curves.Moments;

namespace Evoke.Curves.Export.Markers;

/// <summary>The frames of a moment, counted from the first frame of the film.</summary>
/// <param name="First">The frame on screen when it begins.</param>
/// <param name="After">The frame after its last one; always after <paramref name="First"/>.</param>
/// <param name="Peak">The frame on screen at its peak, from <paramref name="First"/> to before <paramref name="After"/>.</param>
internal readonly record struct FrameSpan(long First, long After, long Peak)
{
    /// <summary>Number of frames, at least 1.</summary>
    public long Count => After - First;

    /// <summary>From the frame on screen at the beginning to the one on screen at the end; a moment lasts at least a frame.</summary>
    public static FrameSpan Of(PredictionDocument document, Moment moment, Timecode timecode)
    {
        TimeGrid grid = document.Curves.Grid;
        long first = timecode.FrameAt(grid.SecondsAt(moment.StartStep));
        long after = Math.Max(first + 1, timecode.FrameAt(grid.SecondsAt(moment.EndStep)));
        return new FrameSpan(first, after, Math.Clamp(timecode.FrameAt(grid.SecondsAt(moment.Step)), first, after - 1));
    }

    /// <summary>
    /// The frames of every moment of a document, no two of which begin on one frame: of several that do, the later ones begin a frame after the one before.
    /// Editing programs keep one marker for each frame and drop the others.
    /// </summary>
    /// <param name="document">The prediction.</param>
    /// <param name="timecode">How frames are counted.</param>
    /// <param name="frames">Number of frames of the film, at least 1: markers stay within it if there is room; null if they may reach beyond it.</param>
    public static IReadOnlyList<FrameSpan> Apart(PredictionDocument document, Timecode timecode, long? frames = null)
    {
        HashSet<long> taken = [];
        long limit = frames ?? long.MaxValue;
        return [.. document.Moments.Select(moment => Place(Of(document, moment, timecode)))];

        FrameSpan Place(FrameSpan span)
        {
            long first = Math.Min(span.First, limit - 1);
            while (!taken.Add(first))
            {
                first++;
            }

            long after = Math.Max(first + 1, Math.Min(span.After, limit));
            return new FrameSpan(first, after, Math.Clamp(span.Peak, first, after - 1));
        }
    }
}
