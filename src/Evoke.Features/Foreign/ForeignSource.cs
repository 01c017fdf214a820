using Evoke.Curves;
using Evoke.Features.Import;
using Evoke.Files;

namespace Evoke.Features.Foreign;

/// <summary>
/// NumPy's files and tables of another program to import: a folder with a file for each video, or one file. See docs/own-backbone.md for the forms.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Path">The folder, or the file: .npy, .npz, .csv or .tsv, the tables also as .gz.</param>
/// <param name="Encoder">The encoder that produced the features.</param>
public sealed record ForeignSource(string Path, EncoderIdentity Encoder) : FeatureOrigin(Path, Encoder)
{
    /// <summary>Rows per second (Hz): row n is at n / Rate seconds, whatever times the files give. Null to read the times.</summary>
    public Rate? Rate { get; init; }

    /// <summary>The ending of the files' names after the video's id, without the underscore: "rgb" for film_rgb.npy. Null if there is only one.</summary>
    public string? Key { get; init; }

    /// <summary>Says what such files are, before they are imported.</summary>
    /// <param name="path">The folder or the file.</param>
    /// <param name="rate">As <see cref="Rate"/>.</param>
    /// <param name="key">As <see cref="Key"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Numbers per row of the first video that can be read, and the key that was found: null if the names have no ending.</returns>
    /// <exception cref="EvokeException">No video can be read; the message is about the first.</exception>
    public static (int Width, string? Key) Describe(string path, Rate? rate, string? key, CancellationToken cancellationToken = default)
    {
        using ForeignRows rows = ForeignRows.Open(path, rate, key);
        return (RowTrack.FirstReadable(rows, cancellationToken).Width, rows.Key);
    }

    internal override IRowSource Open(CancellationToken cancellationToken) => ForeignRows.Open(Path, Rate, Key);
}
