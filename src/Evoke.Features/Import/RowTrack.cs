using System.Numerics.Tensors;
using Evoke.Curves;
using Evoke.Files;

namespace Evoke.Features.Import;

/// <summary>The open features of one modality: all videos have rows of one width. Not thread-safe: one thread at a time.</summary>
internal sealed class RowTrack : IDisposable
{
    private readonly IRowSource _source;
    private readonly HashSet<string> _ids;
    private readonly string _first; // the first video that can be read
    private readonly int _width; // of its rows; all videos have the same

    private RowTrack(FeatureOrigin origin, IRowSource source, CancellationToken cancellationToken)
    {
        Origin = origin;
        _source = source;
        _ids = new(source.VideoIds, StringComparer.Ordinal);
        (_first, _width) = FirstReadable(source, cancellationToken);
    }

    public FeatureOrigin Origin { get; }

    public IReadOnlyList<string> VideoIds => _source.VideoIds;

    public static RowTrack? Open(FeatureOrigin? origin, CancellationToken cancellationToken)
    {
        if (origin is null)
        {
            return null;
        }

        IRowSource source = origin.Open(cancellationToken);
        try
        {
            return new RowTrack(origin, source, cancellationToken);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The first video whose features can be read, with the numbers per row. A damaged one fails its own video, not the others.</summary>
    /// <exception cref="EvokeException">None can be read; the error is about the first.</exception>
    public static (string VideoId, int Width) FirstReadable(IRowSource source, CancellationToken cancellationToken)
    {
        EvokeException? first = null;
        foreach (string id in source.VideoIds)
        {
            try
            {
                return (id, source.Read(id, cancellationToken).Width);
            }
            catch (EvokeException error) when (!error.EndsRun)
            {
                first ??= error;
            }
        }

        throw first ?? source.Mistake(source.Path, "there are no features of any video.");
    }

    public bool Contains(string id) => _ids.Contains(id);

    public TimedRows? Read(string id, CancellationToken cancellationToken)
    {
        if (!Contains(id))
        {
            return null;
        }

        TimedRows rows = _source.Read(id, cancellationToken);
        return rows.Width == _width
            ? rows
            : throw _source.Mistake(_source.Path, $"'{id}' has rows of {rows.Width} numbers; those of '{_first}' have {_width}.");
    }

    /// <summary>The rows for each step, picked by time; zeros if the video has none.</summary>
    public FeatureSequence At(TimedRows? rows, Rate rate, int steps, RowChoice choice)
    {
        float[] values = new float[checked(steps * _width)]; // [steps, width]
        for (int step = 0; rows is not null && step < steps; step++)
        {
            Fill(values.AsSpan(step * _width, _width), rows, step / rate.Hertz, (step + 1) / rate.Hertz, choice);
        }

        return new FeatureSequence(Origin.Encoder, rate, _width, values);
    }

    public void Dispose() => _source.Dispose();

    private static void Fill(Span<float> to, TimedRows rows, double start, double end, RowChoice choice)
    {
        int first = rows.FirstFrom(start), after = rows.FirstFrom(end);
        if (choice == RowChoice.Nearest || after - first < 1)
        {
            rows.Row(rows.Near(start)).CopyTo(to);
            return;
        }

        for (int row = first; row < after; row++)
        {
            // The mean so far, which cannot overflow as a sum would.
            TensorPrimitives.Lerp(to, rows.Row(row), 1f / (row - first + 1), to);
        }
    }
}
