using System.CommandLine;
using Evoke.Training.Data;

namespace Evoke.Cli;

/// <summary>The options of every verb that takes features of a dataset.</summary>
internal sealed class FeatureOptions
{
    private readonly Option<string?> _folder = new("--features")
    {
        Description = "Folder of feature files, from 'evoke extract' or 'evoke features import'.",
        HelpName = "DIR",
    };

    /// <summary>Declares the options on a verb.</summary>
    public void AddTo(Command verb) => verb.Add(_folder);

    /// <summary>Where the features are; null if nothing was said.</summary>
    public FeatureLocation? Find(VerbContext context) => context.Get(_folder) is { } folder ? new FeatureLocation { Folder = folder } : null;

    /// <summary>Where the features are.</summary>
    /// <exception cref="WrongUseException">Nothing was said.</exception>
    public FeatureLocation Require(VerbContext context) => Find(context) ?? throw new WrongUseException("Say where the features are: --features DIR.");
}
