using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Encoders.Weights;

namespace Evoke.Cli.Models;

/// <summary><c>evoke models list</c>.</summary>
internal sealed class ModelsListVerb : Verb
{
    private readonly Option<bool> _installed = new("--installed") { Description = "List only weights that are installed on this machine." };
    private readonly Option<bool> _json = SharedOptions.Json();

    public ModelsListVerb()
        : base(
            "list",
            "Lists weights that can be downloaded or are installed on this machine, with size, licence and hash.",
            "evoke models list --installed")
    {
        Add(_installed);
        Add(_json);
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        WeightStore store = new();
        List<(PretrainedWeights Published, InstalledWeights? Here)> rows = [.. WeightRegistry.All
            .Select(weights => (weights, store.Find(weights.Name)))
            .Where(row => row.Item2 is not null || !context.Get(_installed))];
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new { store.Folder, Weights = rows.Select(row => Json(row.Published, row.Here)) });
        }
        else
        {
            Print(context, store, rows);
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static void Print(VerbContext context, WeightStore store, List<(PretrainedWeights Published, InstalledWeights? Here)> rows)
    {
        context.Terminal.Out.WriteLine($"{"name",-15} {"here",-5} {"size",9}  {"width",5}  {"licence",-13} sha256");
        foreach ((PretrainedWeights published, InstalledWeights? here) in rows)
        {
            string size = here is null && published.Bytes is null ? $"~{ModelsText.Size(published.ApproximateBytes)}" : ModelsText.Size(
                here?.Bytes ?? published.Bytes!.Value);
            string width = published.FeatureWidth > 0 ? published.FeatureWidth.ToString(CultureInfo.InvariantCulture) : "-";
            string hash = here?.Sha256[..12] ?? (published.Sha256 is { } known ? known[..Math.Min(known.Length, 12)] : "-");
            string note = here?.IsOfficial == false ? " (not the published file)" : published.IsUntested ? " untested" : "";
            context.Terminal.Out.WriteLine($"{published.Name,-15} {(here is null ? "-" : "yes"),-5} {size,9}  {width,5}  {published.Licence,-13} {hash}{note}");
        }

        context.Terminal.Out.WriteLine();
        context.Terminal.Out.WriteLine(
            $"Weights are kept in {store.Folder}. 'evoke models pull NAME' downloads weights, 'evoke models import FILE NAME' installs a file that you have. "
            + "Untested ones come from an ONNX file that you export (docs/presets.md).");
    }

    private static object Json(PretrainedWeights published, InstalledWeights? here) => new
    {
        published.Name,
        Installed = here is null ? null : ModelsText.Json(here),
        Address = published.Address?.AbsoluteUri,
        Mirrors = published.Mirrors.Select(mirror => mirror.AbsoluteUri),
        published.Bytes,
        published.ApproximateBytes,
        published.Sha256,
        published.Licence,
        published.TrainedOn,
        published.Citation,
        published.FeatureWidth,
        Untested = published.IsUntested,
        InputSize = (published as Backbone)?.Picture.Size,
        (published as Backbone)?.Picture.Mean,
        (published as Backbone)?.Picture.StandardDeviation,
    };
}
