using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Models;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Onnx;
using Evoke.Encoders.Weights;

namespace Evoke.Cli.Encoders;

/// <summary><c>evoke encoders list</c>.</summary>
internal sealed class EncodersListVerb : Verb
{
    private readonly PathArgument<string?> _folder = new("DIR", PathRole.InputFolder)
    {
        Description = "Also list the ONNX files in this folder.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _json = SharedOptions.Json();

    public EncodersListVerb()
        : base(
            "list",
            "Lists all encoders: what they take, how many numbers they give, the licence and size of their weights, and whether these are on this machine.",
            "evoke encoders list",
            "evoke encoders list networks")
    {
        Add(_folder);
        Add(_json);
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        EncoderCatalog catalog = EncoderCatalog.CreateDefault();
        WeightStore store = new();
        Row[] rows = [.. Rows(catalog.Visual, store), .. Rows(catalog.Audio, store), .. OnnxRows(context.Get(_folder))];
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(rows);
        }
        else
        {
            Print(context.Terminal, rows);
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static IEnumerable<Row> Rows<TEncoder>(EncoderShelf<TEncoder> shelf, WeightStore store)
        where TEncoder : IDisposable => shelf.Entries.Select(entry =>
        {
            PretrainedWeights[] weights = [.. entry.WeightsNames.Select(WeightRegistry.Get)];
            return new Row(
                entry.Usage,
                shelf.Modality,
                entry.Input,
                entry.FeatureWidth,
                weights.Length == 0 ? null : string.Join(", ", weights.Select(one => one.Licence).Distinct()),
                weights.Length == 0 ? null : weights.Sum(one => store.Find(one.Name)?.Bytes ?? one.Bytes ?? one.ApproximateBytes),
                entry.ArgumentName is not null ? null : weights.All(one => store.Find(one.Name) is not null),
                weights.Any(one => one.IsUntested));
        });

    private static IEnumerable<Row> OnnxRows(string? folder)
    {
        if (folder is null)
        {
            return [];
        }

        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.onnx").Order(StringComparer.Ordinal).Select(OnnxRow)
            : throw new WrongUseException($"{folder}: there is no such folder.");
    }

    private static Row OnnxRow(string path)
    {
        long bytes = new FileInfo(path).Length;
        try
        {
            OnnxCheckReport report = OnnxCheck.Describe(path, EncoderOptions.Default);
            string title = report.Title is { } known ? $"{known}: " : "";
            return new Row($"onnx:{path}", report.Hears ? "audio" : "visual", title + report.Takes, report.FeatureWidth, report.Licence, bytes, true, false);
        }
        catch (OnnxModelException error)
        {
            return new Row($"onnx:{path}", "-", error.Message, null, null, bytes, true, false);
        }
    }

    private static void Print(Terminal terminal, Row[] rows)
    {
        terminal.Out.WriteLine($"{"name",-18} {"",-6} {"here",-4} {"width",5}  {"size",7}  {"licence",-12}  input");
        foreach (Row row in rows)
        {
            string here = row.Here switch
            {
                true => "yes",
                false => "-",
                null => "file",
            };
            string width = row.FeatureWidth?.ToString(CultureInfo.InvariantCulture) ?? (row.Here is null ? "file" : "-");
            string size = row.Bytes is { } bytes ? ModelsText.Size(bytes) : "-";
            string input = row.Input.Split('\n')[0].TrimEnd() + (row.Untested ? " (untested)" : "");
            terminal.Out.WriteLine($"{row.Name,-18} {row.Modality,-6} {here,-4} {width,5}  {size,7}  {row.Licence ?? "-",-12}  {input}");
        }

        terminal.Out.WriteLine();
        terminal.Out.WriteLine("'evoke models pull NAME' downloads weights. 'evoke encoders check FILE' says what an ONNX file takes and gives.");
        terminal.Out.WriteLine("Untested encoders need an ONNX file that you export: docs/presets.md. They were never run with their authors' weights.");
    }

    private sealed record Row(string Name, string Modality, string Input, int? FeatureWidth, string? Licence, long? Bytes, bool? Here, bool Untested);
}
