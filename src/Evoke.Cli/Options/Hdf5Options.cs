using System.CommandLine;
using Evoke.Cli.Verbs;
using Evoke.Features;
using Evoke.Features.Hdf5;

namespace Evoke.Cli.Options;

/// <summary>
/// The options of every verb that reads features from HDF5 files, as the paper's authors keep them: one file for the picture, one for the sound.
/// </summary>
internal sealed class Hdf5Options
{
    private readonly Option<Hertz> _visualRate = SharedOptions.Rate("--visual-rate", "Rows per second of --visual-hdf5.", "6");

    private readonly Option<string> _visual = new("--visual")
    {
        Description = "The encoder that --visual-hdf5 comes from.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "swin-l",
    };

    private readonly Option<Hertz> _audioRate = SharedOptions.Rate("--audio-rate", "Rows per second of --audio-hdf5.", "1/0.96");

    private readonly Option<string> _audio = new("--audio")
    {
        Description = "The encoder that --audio-hdf5 comes from.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "vggish",
    };

    /// <summary>The picture's file.</summary>
    public PathOption<string?> VisualFile { get; } = new("--visual-hdf5", PathRole.InputFile)
    {
        Description = "Features of the picture as an HDF5 file: a dataset [T, D] for each video, named by its id.",
        HelpName = "FILE",
    };

    /// <summary>The sound's file.</summary>
    public PathOption<string?> AudioFile { get; } = new("--audio-hdf5", PathRole.InputFile)
    {
        Description = "Features of the sound, in the same form.",
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

    /// <summary>The picture's features; null if no file was named.</summary>
    public Hdf5Source? Visual(VerbContext context) => Source(context, VisualFile, _visualRate, _visual);

    /// <summary>The sound's features; null if no file was named.</summary>
    public Hdf5Source? Audio(VerbContext context) => Source(context, AudioFile, _audioRate, _audio);

    private static Hdf5Source? Source(VerbContext context, Option<string?> file, Option<Hertz> rate, Option<string> encoder) =>
        context.Get(file) is { } path ? new(path, context.GetRequired(rate).Value, new EncoderIdentity(context.GetRequired(encoder))) : null;
}
