using System.CommandLine;
using Evoke.Cli.Verbs;
using Evoke.Datasets.Sources;

namespace Evoke.Cli.Options;

/// <summary>The options of every verb that reads the features of a data set: a folder, or HDF5 files.</summary>
internal sealed class FeatureOptions
{
    private readonly PathOption<string?> _folder = new("--features", PathRole.InputFolder)
    {
        Description = "Folder of feature files, from 'evoke extract' or 'evoke features import'.",
        HelpName = "DIR",
    };

    private readonly Hdf5Options _files = new();

    /// <summary>The options that give features, for option rules: a folder, or one or two files.</summary>
    public Symbol[] Places => [_folder, _files.VisualFile, _files.AudioFile];

    /// <summary>Declares the options on a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_folder);
        _files.AddTo(verb);
        verb.Excludes(_folder, _files.VisualFile, _files.AudioFile);
    }

    /// <summary>Declares the options on a verb that requires features.</summary>
    public void AddRequiredTo(Command verb)
    {
        AddTo(verb);
        verb.NeedsOneOf("Features are missing", Places);
    }

    /// <summary>Where the features are; null if none were given.</summary>
    public FeatureLocation? Find(VerbContext context)
    {
        FeatureLocation location = new() { Folder = context.Get(_folder), Visual = _files.Visual(context), Audio = _files.Audio(context) };
        return location is { Folder: null, Visual: null, Audio: null } ? null : location;
    }

    /// <summary>Where the features are, for a verb that requires them.</summary>
    public FeatureLocation Require(VerbContext context) => Find(context) ?? throw new InvalidOperationException("The verb does not require its features.");
}
