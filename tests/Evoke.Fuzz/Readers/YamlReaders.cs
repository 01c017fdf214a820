using System.Collections.Immutable;
using System.Text;
using Evoke.Cluster.Slurm;
using Evoke.Experiments.Search;
using Evoke.Training.Recipes;

namespace Evoke.Fuzz.Readers;

/// <summary>Recipes, searches and plans for Slurm.</summary>
internal static class YamlReaders
{
    private static readonly ImmutableArray<string> s_words =
    [
        "&a ", "*a", "&a [*a]", "<<: *a\n", "? ", "- ", ": ", ":\n", "[", "]", "{", "}", "[[[[[[[[", "{a: {b: ", "!!float ", "!!binary ",
        "!<tag> ", "|\n", ">\n", "---\n",
        "...\n", "# ", "%YAML 1.2\n", "'", "\"", "\"\\x\"", "\t", "\u0085", "\uFEFF", "~", "null", ".nan", ".inf",
        "0o7", "2001-01-01", "extends: paper\n", "  ", "\n ",
    ];

    public static IEnumerable<FuzzedReader> All =>
    [
        new("recipe", "recipe.yaml", _ => Recipes(), path => Run(() => RecipeReader.Read(path, "lr=1e-3"))) { IsText = true, Words = s_words },
        new("search", "search.yaml", _ => Searches(), path => Run(() => SearchReader.Read(path))) { IsText = true, Words = s_words },
        new("slurm-plan", "plan.yaml", _ => Plans(), path => Run(() => SlurmPlanReader.Read(path))) { IsText = true, Words = s_words },
    ];

    private static Task Run(Func<object> read)
    {
        _ = read();
        return Task.CompletedTask;
    }

    private static IEnumerable<byte[]> Recipes()
    {
        foreach (string name in new[] { "paper", "demo", "sml" })
        {
            yield return Encoding.UTF8.GetBytes(RecipeWriter.Write(RecipeReader.Read(name)));
        }

        yield return "extends: paper\ntrain: { lr: 1e-3, milestones: [1, 2] }\n"u8.ToArray();
    }

    private static IEnumerable<byte[]> Searches()
    {
        yield return """
            name: small
            base: demo
            strategy: halving
            trials: 12
            min_epochs: 10
            factor: 3
            seed: 1
            ranges:
              train.lr: { log_uniform: [5e-4, 2e-2] }
              head.visual_hidden: { integers: [16, 96] }
              head.dropout: { uniform: [0, 0.3] }
              loss.kind: { choices: [l1, ccc, pearson] }

            """u8.ToArray();
        yield return "name: few\nbase: paper\nstrategy: random\nranges: { train.batch: { choices: [32, 64] } }\n"u8.ToArray();
    }

    private static IEnumerable<byte[]> Plans()
    {
        yield return """
            name: eev
            out: eev
            videos: .
            evoke: [/opt/evoke/evoke, --quiet]
            slurm:
              time: 12:00:00
              cpus: 4
              memory: 8G
              options: [--partition=cpu]
            extract:
              visual: visual-lld
              audio: audio-lld
              shards: 64
              at_once: 16
            train:
              labels: plan.yaml
              val_labels: plan.yaml
              recipe: paper
              set: [train.epochs=60]
              seeds: [1, 2, 3]
              slurm: { cpus: 8 }
            ensemble:
              top: 2
              weights: mean

            """u8.ToArray();
        yield return "name: x\nout: out\nvideos: .\nextract: { shards: 1 }\n"u8.ToArray();
    }
}
