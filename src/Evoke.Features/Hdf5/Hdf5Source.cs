using Evoke.Curves;
using Evoke.Features.Import;
using Evoke.Files;

namespace Evoke.Features.Hdf5;

/// <summary>An HDF5 file to import, and what the file does not say itself.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Path">The file: a dataset [T, D] for each video under its id.</param>
/// <param name="Rate">Rows per second (Hz): row n belongs to n / Rate seconds. The authors' files: 6 for the picture, 1/0.96 for the sound.</param>
/// <param name="Encoder">The encoder that produced the features.</param>
public sealed record Hdf5Source(string Path, Rate Rate, EncoderIdentity Encoder) : FeatureOrigin(Path, Encoder)
{
    internal override IRowSource Open(CancellationToken cancellationToken) => new Rows(Hdf5FeatureReader.Open(Path, cancellationToken), Rate);

    private sealed class Rows(Hdf5FeatureReader reader, Rate rate) : IRowSource
    {
        public string Path => reader.Path;

        public IReadOnlyList<string> VideoIds => reader.VideoIds;

        public TimedRows Read(string videoId, CancellationToken cancellationToken)
        {
            (float[] values, _, int width) = reader.Read(videoId, cancellationToken);
            return TimedRows.AtRate(values, width, rate);
        }

        public EvokeException Mistake(string path, string problem) => new Hdf5FeatureException(path, problem);

        public void Dispose() => reader.Dispose();
    }
}
