using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Verbs;
using Evoke.Encoders.Catalog;
using Evoke.Features.Import;

namespace Evoke.Cli.Features;

/// <summary>The options of <c>evoke features import</c> for one modality: where its features are, their clock and their encoder.</summary>
internal sealed class ImportedModality
{
    private readonly Option<Hertz> _rate;
    private readonly Option<string?> _key;
    private readonly Option<string?> _encoder;

    /// <param name="modality">"visual".</param>
    /// <param name="examples">Encoders, for the help.</param>
    /// <param name="usualRate">Rows per second of the authors' HDF5 file.</param>
    public ImportedModality(string modality, string examples, string usualRate)
    {
        string hdf5 = $"--{modality}-hdf5", files = $"--{modality}-files";
        Hdf5 = new(hdf5, PathRole.InputFile)
        {
            Description = $"Features as an HDF5 file: a dataset [T, D] for each video, named by the video's id.",
            HelpName = "FILE",
        };
        Files = new(files, PathRole.InputFileOrFolder)
        {
            Description = "Features as a folder of .npy or .npz files (video_features) or of CSV tables (openSMILE), one for each video, or as one such file.",
            HelpName = "DIR|FILE",
        };
        _key = new($"--{modality}-key")
        {
            Description = $"Ending of the names in {files} after the video's id, where there are several: rgb for film_rgb.npy.",
            HelpName = "NAME",
        };
        _rate = SharedOptions.Rate($"--{modality}-rate", $"Rows per second of {hdf5}. For {files} it replaces the times that the files give.", usualRate);
        _encoder = new($"--{modality}")
        {
            Description = $"Encoder that produced the features: {examples}, …, or a name of your own. "
                + $"Required unless only one encoder gives rows of that width ({hdf5}) or the names have an ending ({files}).",
            HelpName = "NAME",
        };
    }

    /// <summary>The HDF5 file.</summary>
    public PathOption<string?> Hdf5 { get; }

    /// <summary>NumPy's files or tables.</summary>
    public PathOption<string?> Files { get; }

    /// <summary>Declares the options on the verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[Hdf5, Files, _key, _rate, _encoder])
        {
            verb.Add(option);
        }

        verb.Excludes(Hdf5, Files);
        verb.Needs(_key, Files);
        verb.Needs(_rate, Hdf5, Files);
        verb.Needs(_encoder, Hdf5, Files);
    }

    /// <summary>The features; null if there are none of the modality.</summary>
    /// <exception cref="FeatureOriginException">It is not clear which encoder they come from, or the named one has another width.</exception>
    public FeatureOrigin? Find<TEncoder>(VerbContext context, EncoderShelf<TEncoder> shelf)
        where TEncoder : IDisposable
    {
        string? encoder = context.Get(_encoder);
        if (context.Get(Files) is { } path)
        {
            return ImportedFeatures.DescribeFiles(
                shelf, path, context.IsGiven(_rate) ? context.GetRequired(_rate).Value : null, context.Get(_key), encoder);
        }

        return context.Get(Hdf5) is { } file ? ImportedFeatures.Describe(shelf, file, context.GetRequired(_rate).Value, encoder) : null;
    }
}
