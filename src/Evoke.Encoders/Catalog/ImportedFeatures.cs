using Evoke.Curves;
using Evoke.Encoders.Weights;
using Evoke.Features;
using Evoke.Features.Foreign;
using Evoke.Features.Hdf5;
using Evoke.Files;

namespace Evoke.Encoders.Catalog;

/// <summary>Finds out which encoder the features of another program come from, which its files do not say.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class ImportedFeatures
{
    /// <summary>Describes a file: the encoder is the named one, else the only one that gives as many numbers.</summary>
    /// <typeparam name="TEncoder"><see cref="IVisualEncoder"/> or <see cref="IAudioEncoder"/>.</typeparam>
    /// <param name="shelf">The encoders of the modality.</param>
    /// <param name="path">The HDF5 file.</param>
    /// <param name="rate">Rows per second.</param>
    /// <param name="encoder">The encoder's name; it may be one that the catalog does not know. Null if the user has named none.</param>
    /// <exception cref="FeatureOriginException">No encoder was named and none or several give such rows, or the named one gives others.</exception>
    /// <exception cref="Hdf5FeatureException">The file cannot be read.</exception>
    public static Hdf5Source Describe<TEncoder>(EncoderShelf<TEncoder> shelf, string path, Rate rate, string? encoder)
        where TEncoder : IDisposable
    {
        ArgumentNullException.ThrowIfNull(shelf);
        using Hdf5FeatureReader reader = Hdf5FeatureReader.Open(path);
        int width = reader.FirstReadable().Width;
        return new Hdf5Source(path, rate, new EncoderIdentity(encoder is null ? OnlyOne(shelf, path, width) : Checked(shelf, path, width, encoder)));
    }

    /// <summary>Describes NumPy's files and tables: the encoder is the named one, else the ending of their names.</summary>
    /// <typeparam name="TEncoder"><see cref="IVisualEncoder"/> or <see cref="IAudioEncoder"/>.</typeparam>
    /// <param name="shelf">The encoders of the modality.</param>
    /// <param name="path">The folder or the file.</param>
    /// <param name="rate">Rows per second; null to read the times of the rows.</param>
    /// <param name="key">The ending of the names after the video's id; null for the only one.</param>
    /// <param name="encoder">The encoder's name; null if the user has named none.</param>
    /// <exception cref="FeatureOriginException">No encoder was named and the names have no ending, or the named one gives other rows.</exception>
    /// <exception cref="EvokeException">No features can be read.</exception>
    public static ForeignSource DescribeFiles<TEncoder>(EncoderShelf<TEncoder> shelf, string path, Rate? rate, string? key, string? encoder)
        where TEncoder : IDisposable
    {
        ArgumentNullException.ThrowIfNull(shelf);
        (int width, string? found) = ForeignSource.Describe(path, rate, key);
        string name = encoder ?? found ?? throw new FeatureOriginException(
            path, $"its rows have {width} numbers and it does not say whose. Name the encoder that made them: --{shelf.Modality} NAME.");
        return new ForeignSource(path, new EncoderIdentity(Checked(shelf, path, width, name))) { Rate = rate, Key = key };
    }

    private static string OnlyOne<TEncoder>(EncoderShelf<TEncoder> shelf, string path, int width)
        where TEncoder : IDisposable
    {
        EncoderEntry<TEncoder>[] entries = [.. shelf.Entries.Where(entry => entry.FeatureWidth == width)];
        string found = entries.Length == 0
            ? $"which no {shelf.Modality} encoder gives"
            : $"as {string.Join(", ", entries.Select(entry => entry.Name))} {(entries.Length == 1 ? "gives" : "give")}";

        // An untested network is too unlikely to be guessed.
        return entries is [var only] && !IsUntested(only)
            ? only.Name
            : throw new FeatureOriginException(path, $"its rows have {width} numbers, {found}. Name the encoder that made them: --{shelf.Modality} NAME.");
    }

    private static bool IsUntested<TEncoder>(EncoderEntry<TEncoder> entry)
        where TEncoder : IDisposable => entry.WeightsNames.Any(name => WeightRegistry.Find(name) is { IsUntested: true });

    private static string Checked<TEncoder>(EncoderShelf<TEncoder> shelf, string path, int width, string name)
        where TEncoder : IDisposable =>
        shelf.WidthOf(name) is { } expected && expected != width
            ? throw new FeatureOriginException(
                path, $"its rows have {width} numbers; {name} gives {expected}. Name the encoder that made them: --{shelf.Modality} NAME.")
            : name;
}

/// <summary>It is not clear which encoder features come from, or they are not from the named one.</summary>
/// <param name="path">Their file.</param>
/// <param name="problem">What was expected and what was found.</param>
public sealed class FeatureOriginException(string path, string problem) : EvokeException($"{path}: {problem}");
