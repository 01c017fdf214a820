using System.CommandLine;

namespace Evoke.Cli.Models;

/// <summary><c>evoke models</c>: the pretrained weights on this machine.</summary>
internal sealed class ModelsCommand : Command
{
    public ModelsCommand()
        : base("models", "Lists, downloads, imports and removes pretrained encoder weights, and imports trained heads.")
    {
        Add(new ModelsListVerb());
        Add(new ModelsPullVerb());
        Add(new ModelsImportVerb());
        Add(new ModelsRemoveVerb());
        Add(new ModelsImportHeadVerb());
    }
}
