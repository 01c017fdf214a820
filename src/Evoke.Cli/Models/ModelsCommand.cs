using System.CommandLine;

namespace Evoke.Cli.Models;

/// <summary><c>evoke models</c>: the pretrained weights on this machine.</summary>
internal sealed class ModelsCommand : Command
{
    public ModelsCommand()
        : base("models", "Lists, fetches and removes the pretrained weights of the deep encoders.")
    {
        Add(new ModelsListVerb());
        Add(new ModelsPullVerb());
        Add(new ModelsImportVerb());
        Add(new ModelsRemoveVerb());
    }
}
