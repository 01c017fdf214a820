using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Encoders.Weights;

namespace Evoke.Cli.Models;

/// <summary><c>evoke models remove</c>.</summary>
internal sealed class ModelsRemoveVerb : Verb
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Encoders whose weights to remove.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _json = SharedOptions.Json();

    public ModelsRemoveVerb()
        : base("remove", "Removes installed weights and the remains of unfinished downloads.", "evoke models remove swin-l")
    {
        Add(_names);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        string[] names = [.. context.GetRequired(_names).Distinct(StringComparer.Ordinal)];
        WeightStore store = new();
        List<string> unknown = [.. names.Where(name => WeightRegistry.Find(name) is null)];
        if (unknown.Count > 0)
        {
            throw new UnknownWeightsException(unknown[0], WeightRegistry.All.Select(weights => weights.Name));
        }

        List<string> removed = [];
        foreach (string name in names)
        {
            if (await store.RemoveAsync(name, context.CancellationToken).ConfigureAwait(false))
            {
                removed.Add(name);
            }
        }

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new { Removed = removed, Absent = names.Except(removed) });
        }
        else
        {
            foreach (string name in names)
            {
                context.Terminal.Out.WriteLine(removed.Contains(name) ? $"{name}: removed" : $"{name}: was not installed");
            }
        }

        return ExitCode.Done;
    }
}
