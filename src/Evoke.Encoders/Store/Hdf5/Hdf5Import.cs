using Evoke.Curves;
using Evoke.Encoders.Tensors;

namespace Evoke.Encoders.Store.Hdf5;

/// <summary>An HDF5 file to import, and what it does not say itself.</summary>
/// <param name="Path">The file: a dataset [T, D] for each video under its id.</param>
/// <param name="Rate">Rows per second (Hz): row n is of n / Rate seconds. The authors' files: 6 for the picture, 1/0.96 for the sound.</param>
/// <param name="Encoder">Who made the features.</param>
public sealed record Hdf5Source(string Path, double Rate, EncoderIdentity Encoder);

/// <summary>What to import.</summary>
public sealed record Hdf5ImportOptions
{
    /// <summary>Features of the picture; null for none.</summary>
    public Hdf5Source? Visual { get; init; }

    /// <summary>Features of the sound; null for none.</summary>
    public Hdf5Source? Audio { get; init; }

    /// <summary>Steps per second of the store (Hz).</summary>
    public double Rate { get; init; } = 1;

    /// <summary>How the store keeps the numbers: <see cref="DType.F32"/> or <see cref="DType.F16"/>.</summary>
    public DType StoreAs { get; init; } = DType.F32;
}

/// <summary>How far an import or an export has come.</summary>
/// <param name="VideoId">The video that is done, or has failed.</param>
/// <param name="Position">Which of the videos it is, from 1.</param>
/// <param name="Count">How many videos there are.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed record Hdf5Progress(string VideoId, int Position, int Count, EvokeException? Error = null);

/// <summary>How an import ended.</summary>
/// <param name="Imported">How many videos are in the store now.</param>
/// <param name="Failed">Videos whose features could not be taken over, and why.</param>
public sealed record Hdf5ImportReport(int Imported, IReadOnlyList<(string VideoId, EvokeException Error)> Failed);

/// <summary>Brings HDF5 files of features, such as the paper's authors have, into a feature store. Rows are picked by time, never by index, so that picture and sound share one clock whatever theirs were.</summary>
public static class Hdf5Import
{
    // The sound of a film often ends a little before its picture; more than this is worth telling.
    private const double WorthTellingSeconds = 2;

    /// <summary>Imports every video of either file. A video that only one of them has lacks the other modality, which is said in its features.</summary>
    /// <exception cref="ArgumentException">There is no file to import, or a rate is not above 0.</exception>
    /// <exception cref="Hdf5FeatureException">A file cannot be read at all. What is wrong with a single video is in the report.</exception>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    public static Hdf5ImportReport Run(
        Hdf5ImportOptions options, FeatureStore store, IProgress<Hdf5Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(store);
        if (options.Visual is null && options.Audio is null)
        {
            throw new ArgumentException("An import needs a file of visual or of audio features; found neither.", nameof(options));
        }

        using Track? visual = Track.Open(options.Visual);
        using Track? audio = Track.Open(options.Audio);
        string[] ids = [.. new[] { visual, audio }.OfType<Track>().SelectMany(track => track.VideoIds).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        List<(string, EvokeException)> failed = [];
        for (int i = 0; i < ids.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            EvokeException? error = null;
            try
            {
                store.Write(Combine(ids[i], visual, audio, options.Rate), options.StoreAs);
            }
            catch (EvokeException e)
            {
                error = e;
                failed.Add((ids[i], e));
            }

            progress?.Report(new Hdf5Progress(ids[i], i + 1, ids.Length, error));
        }

        return new Hdf5ImportReport(ids.Length - failed.Count, failed);
    }

    private static VideoFeatures Combine(string id, Track? visual, Track? audio, double rate)
    {
        Rows? picture = visual?.Read(id);
        Rows? sound = audio?.Read(id);
        double duration = (picture ?? sound)!.Seconds;
        int steps = TimeGrid.ForDuration(duration, rate).Count;
        return new VideoFeatures
        {
            VideoId = id,
            SourceName = Path.GetFileName((picture is null ? audio : visual)!.Source.Path),
            SourceBytes = 0, // of the video, which is not at hand
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
    private sealed record Rows(float[] Values, int Steps, double Rate)
    {
        public double Seconds => Steps / Rate;
    }

    /// <summary>One open file.</summary>
    private sealed class Track : IDisposable
    {
        private readonly Hdf5FeatureReader _reader;
        private readonly int _width; // of the first video; all have the same

        private Track(Hdf5Source source, Hdf5FeatureReader reader)
        {
            Source = source;
            _reader = reader;
            _width = reader.Read(reader.VideoIds[0]).Width;
        }

        public Hdf5Source Source { get; }

        public IReadOnlyList<string> VideoIds => _reader.VideoIds;

        public static Track? Open(Hdf5Source? source)
        {
            if (source is null)
            {
                return null;
            }

            _ = new TimeGrid(source.Rate, 0); // throws if the rate is none
            Hdf5FeatureReader reader = Hdf5FeatureReader.Open(source.Path);
            try
            {
                return new Track(source, reader);
            }
            catch
            {
                reader.Dispose();
                throw;
            }
        }

        public Rows? Read(string id)
        {
            if (!_reader.Contains(id))
            {
                return null;
            }

            (float[] values, int steps, int width) = _reader.Read(id);
            return width == _width
                ? new Rows(values, steps, Source.Rate)
                : throw new Hdf5FeatureException(_reader.Path, $"'{id}' has rows of {width} numbers; those of '{VideoIds[0]}' have {_width}.");
        }

        /// <summary>The row nearest in time to each step; zeros if the video has none.</summary>
        public FeatureSequence At(Rows? rows, double rate, int steps)
        {
            float[] values = new float[checked(steps * _width)]; // [steps, width]
            for (int step = 0; rows is not null && step < steps; step++)
            {
                int row = FeatureClock.StepNear(rows.Steps, rows.Rate, step / rate);
                rows.Values.AsSpan(row * _width, _width).CopyTo(values.AsSpan(step * _width));
            }

            return new FeatureSequence(Source.Encoder, rate, _width, values);
        }

        public void Dispose() => _reader.Dispose();
    }
}
