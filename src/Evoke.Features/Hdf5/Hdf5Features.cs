using Evoke.Curves;

namespace Evoke.Features.Hdf5;

/// <summary>HDF5 files of picture, sound or both, read video by video on one clock: the same numbers as an import gives. Thread-safe.</summary>
public sealed class Hdf5Features : IDisposable
{
    // The sound of a film often ends a little before its picture; more than this is worth a warning.
    private const double WorthTellingSeconds = 2;

    private readonly Lock _gate = new();
    private readonly Track? _visual;
    private readonly Track? _audio;
    private readonly Rate _rate;
    private readonly HashSet<string> _ids;

    private Hdf5Features(Track? visual, Track? audio, Rate rate)
    {
        (_visual, _audio, _rate) = (visual, audio, rate);
        VideoIds = [.. new[] { visual, audio }.OfType<Track>().SelectMany(track => track.VideoIds).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
        _ids = new(VideoIds, StringComparer.Ordinal);
    }

    /// <summary>The ids of the videos of either file, in ordinal order.</summary>
    public IReadOnlyList<string> VideoIds { get; }

    /// <summary>Opens the files.</summary>
    /// <param name="options">The files and the rate of the features.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="Hdf5FeatureException">A file cannot be read.</exception>
    public static Hdf5Features Open(Hdf5ImportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Track? visual = Track.Open(options.Visual, cancellationToken);
        try
        {
            return new(visual, Track.Open(options.Audio, cancellationToken), options.Rate);
        }
        catch
        {
            visual?.Dispose();
            throw;
        }
    }

    /// <summary>True if either file has the video.</summary>
    public bool Contains(string videoId) => _ids.Contains(videoId);

    /// <summary>Reads one video; a modality that its file lacks is missing, which the features record.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="Hdf5FeatureException">Neither file has it, or its numbers cannot be read; the message names the file and the video.</exception>
    public VideoFeatures Read(string videoId, CancellationToken cancellationToken = default)
    {
        if (!Contains(videoId))
        {
            throw new Hdf5FeatureException((_visual ?? _audio)!.Source.Path, $"there are no features of the video '{videoId}'.");
        }

        lock (_gate)
        {
            return Combine(videoId, _visual, _audio, _rate, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _visual?.Dispose();
        _audio?.Dispose();
    }

    private static VideoFeatures Combine(string id, Track? visual, Track? audio, Rate rate, CancellationToken cancellationToken)
    {
        Rows? picture = visual?.Read(id, cancellationToken);
        Rows? sound = audio?.Read(id, cancellationToken);
        double duration = (picture ?? sound)!.Seconds;
        int steps = TimeGrid.ForDuration(duration, rate).Count;
        return new VideoFeatures
        {
            VideoId = id,
            SourceName = Path.GetFileName((picture is null ? audio : visual)!.Source.Path),
            SourceBytes = 0, // of the video, which is not available
            DurationSeconds = duration,
            Visual = visual?.At(picture, rate, steps),
            Audio = audio?.At(sound, rate, steps),
            PictureMissing = visual is not null && picture is null,
            SoundMissing = audio is not null && sound is null,
            Warnings = sound is not null && sound.Seconds < duration - WorthTellingSeconds
                ? [FormattableString.Invariant($"the sound's features end at {sound.Seconds:0.##} s of {duration:0.##} s; their last row is repeated")]
                : [],
        };
    }

    /// <summary>Features of one video, on their own clock.</summary>
    private sealed record Rows(float[] Values, int Steps, Rate Rate)
    {
        public double Seconds => Steps / Rate.Hertz;
    }

    /// <summary>One open file.</summary>
    private sealed class Track : IDisposable
    {
        private readonly Hdf5FeatureReader _reader;
        private readonly string _first; // the first video that can be read
        private readonly int _width; // of its rows; all videos have the same

        private Track(Hdf5Source source, Hdf5FeatureReader reader, CancellationToken cancellationToken)
        {
            Source = source;
            _reader = reader;
            (_first, _width) = reader.FirstReadable(cancellationToken);
        }

        public Hdf5Source Source { get; }

        public IReadOnlyList<string> VideoIds => _reader.VideoIds;

        public static Track? Open(Hdf5Source? source, CancellationToken cancellationToken)
        {
            if (source is null)
            {
                return null;
            }

            Hdf5FeatureReader reader = Hdf5FeatureReader.Open(source.Path, cancellationToken);
            try
            {
                return new Track(source, reader, cancellationToken);
            }
            catch
            {
                reader.Dispose();
                throw;
            }
        }

        public Rows? Read(string id, CancellationToken cancellationToken)
        {
            if (!_reader.Contains(id))
            {
                return null;
            }

            (float[] values, int steps, int width) = _reader.Read(id, cancellationToken);
            return width == _width
                ? new Rows(values, steps, Source.Rate)
                : throw new Hdf5FeatureException(_reader.Path, $"'{id}' has rows of {width} numbers; those of '{_first}' have {_width}.");
        }

        /// <summary>The row nearest in time to each step; zeros if the video has none.</summary>
        public FeatureSequence At(Rows? rows, Rate rate, int steps)
        {
            float[] values = new float[checked(steps * _width)]; // [steps, width]
            for (int step = 0; rows is not null && step < steps; step++)
            {
                int row = FeatureClock.StepNear(rows.Steps, rows.Rate, step / rate.Hertz);
                rows.Values.AsSpan(row * _width, _width).CopyTo(values.AsSpan(step * _width));
            }

            return new FeatureSequence(Source.Encoder, rate, _width, values);
        }

        public void Dispose() => _reader.Dispose();
    }
}
