using System.CommandLine;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Features.Hdf5;

namespace Evoke.Cli;

/// <summary>The options of every verb that takes features of a dataset: a folder, or HDF5 files as the paper's authors keep them.</summary>
internal sealed class FeatureOptions
{
    private readonly Option<string?> _folder = new("--features")
    {
        Description = "Folder of feature files, from 'evoke extract' or 'evoke features import'.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _visualFile = new("--visual-hdf5") { Description = "In place of --features: an HDF5 file of the picture's features, {id: [T,D]}.", HelpName = "FILE" };
    private readonly Option<double> _visualRate = SharedOptions.Rate("--visual-rate", "Rows per second of --visual-hdf5.", 6);
    private readonly Option<string> _visual = new("--visual") { Description = "The encoder that made --visual-hdf5.", HelpName = "NAME", DefaultValueFactory = _ => "swin-l" };
    private readonly Option<string?> _audioFile = new("--audio-hdf5") { Description = "The same of the sound.", HelpName = "FILE" };
    private readonly Option<double> _audioRate = SharedOptions.Rate("--audio-rate", "Rows per second of --audio-hdf5.", 1 / 0.96);
    private readonly Option<string> _audio = new("--audio") { Description = "The encoder that made --audio-hdf5.", HelpName = "NAME", DefaultValueFactory = _ => "vggish" };

    /// <summary>Declares the options on a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_folder, _visualFile, _visualRate, _visual, _audioFile, _audioRate, _audio])
        {
            verb.Add(option);
        }
    }

    /// <summary>Where the features are; null if nothing was said.</summary>
    /// <exception cref="WrongUseException">Both a folder and HDF5 files were named.</exception>
    public FeatureLocation? Find(VerbContext context)
    {
        FeatureLocation said = new()
        {
            Folder = context.Get(_folder),
            Visual = Source(context, _visualFile, _visualRate, _visual),
            Audio = Source(context, _audioFile, _audioRate, _audio),
        };
        return said switch
        {
            { Folder: null, Visual: null, Audio: null } => null,
            { Folder: null } or { Visual: null, Audio: null } => said,
            _ => throw new WrongUseException("Give either --features, or --visual-hdf5 and --audio-hdf5."),
        };
    }

    /// <summary>Where the features are.</summary>
    /// <exception cref="WrongUseException">Nothing was said, or too much.</exception>
    public FeatureLocation Require(VerbContext context) =>
        Find(context) ?? throw new WrongUseException("Say where the features are: --features DIR, or --visual-hdf5 FILE and --audio-hdf5 FILE.");

    private static Hdf5Source? Source(VerbContext context, Option<string?> file, Option<double> rate, Option<string> encoder) =>
        context.Get(file) is { } path ? new(path, context.GetRequired(rate), new EncoderIdentity(context.GetRequired(encoder))) : null;
}
