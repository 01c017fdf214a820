using System.CommandLine;
using Evoke.Cli.Verbs;
using Evoke.Encoders.Catalog;
using Evoke.Features.Hdf5;

namespace Evoke.Cli.Options;

/// <summary>
/// The options of every verb that reads features from HDF5 files, the format of the paper's authors: one file for the picture, one for the sound.
/// </summary>
internal sealed class Hdf5Options
{
    private readonly Option<Hertz> _visualRate = SharedOptions.Rate("--visual-rate", "Rows per second of --visual-hdf5.", "6");

    private readonly Option<string?> _visual = new("--visual")
    {
        Description = "Encoder that produced --visual-hdf5: swin-l, …, or a name of your own. Required unless only one encoder gives rows of that width.",
        HelpName = "NAME",
    };

    private readonly Option<Hertz> _audioRate = SharedOptions.Rate("--audio-rate", "Rows per second of --audio-hdf5.", "1/0.96");

    private readonly Option<string?> _audio = new("--audio")
    {
        Description = "Encoder that produced --audio-hdf5: vggish, …, or a name of your own. Required unless only one encoder gives rows of that width.",
        HelpName = "NAME",
    };

    /// <summary>The file of visual features.</summary>
    public PathOption<string?> VisualFile { get; } = new("--visual-hdf5", PathRole.InputFile)
    {
        Description = "Visual features as an HDF5 file: a dataset [T, D] for each video, named by the video's id.",
        HelpName = "FILE",
    };

    /// <summary>The file of audio features.</summary>
    public PathOption<string?> AudioFile { get; } = new("--audio-hdf5", PathRole.InputFile)
    {
        Description = "Audio features as an HDF5 file of the same form.",
        HelpName = "FILE",
    };

    /// <summary>Declares the options on a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[VisualFile, _visualRate, _visual, AudioFile, _audioRate, _audio])
        {
            verb.Add(option);
        }

        verb.Needs(_visualRate, VisualFile);
        verb.Needs(_visual, VisualFile);
        verb.Needs(_audioRate, AudioFile);
        verb.Needs(_audio, AudioFile);
    }

    /// <summary>The visual features; null if no file was given.</summary>
    /// <exception cref="FeatureOriginException">No encoder was named and the width does not tell, or the named one has another width.</exception>
    public Hdf5Source? Visual(VerbContext context) => Source(context, EncoderCatalog.CreateDefault().Visual, VisualFile, _visualRate, _visual);

    /// <summary>The audio features; null if no file was given.</summary>
    /// <exception cref="FeatureOriginException">No encoder was named and the width does not tell, or the named one has another width.</exception>
    public Hdf5Source? Audio(VerbContext context) => Source(context, EncoderCatalog.CreateDefault().Audio, AudioFile, _audioRate, _audio);

    private static Hdf5Source? Source<TEncoder>(
        VerbContext context, EncoderShelf<TEncoder> shelf, Option<string?> file, Option<Hertz> rate, Option<string?> encoder)
        where TEncoder : IDisposable =>
        context.Get(file) is { } path ? ImportedFeatures.Describe(shelf, path, context.GetRequired(rate).Value, context.Get(encoder)) : null;
}
