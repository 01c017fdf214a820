using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Files.Text;
using Evoke.Insights.Norms;

namespace Evoke.Cli.Norms;

/// <summary><c>evoke norms show</c>.</summary>
internal sealed class NormsShowVerb : Verb
{
    private const int Quartiles = 4;

    private readonly PathArgument<string> _file = new("FILE", PathRole.InputFile) { Description = "A norms file of 'evoke norms make'." };
    private readonly Option<bool> _json = SharedOptions.Json();

    public NormsShowVerb()
        : base("show", "Prints what is in a norms file: model, number of videos, and quartiles of each number.", "evoke norms show trailers.norms.json")
    {
        Add(_file);
        Add(_json);
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        Norm norm = NormFile.Read(context.GetRequired(_file));
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                norm.Name,
                norm.Evoke,
                Model = norm.Model.Name,
                Sha256 = norm.Model.Sha256.Length > 0 ? norm.Model.Sha256 : null,
                Videos = norm.Videos.Length,
                Measures = norm.Measures.ToDictionary(
                    one => one.Key, one => new { Videos = one.Value.Length, Quartiles = QuartilesOf(one.Value) }),
            });
        }
        else
        {
            Print(context.Terminal.Out, norm);
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static void Print(TextWriter output, Norm norm)
    {
        output.WriteLine($"{norm.Name}: {Quantity.Of(norm.Videos.Length, "video")} by {norm.Model}, measured by Evoke {norm.Evoke}");
        if (norm.Videos.Length < Norm.MinimumVideos)
        {
            output.WriteLine($"There are no percentiles: they need {Norm.MinimumVideos} videos besides the one that is compared.");
        }

        int width = Math.Max("measure".Length, norm.Measures.Keys.Select(key => key.Length).DefaultIfEmpty(0).Max()) + 2;
        output.WriteLine($"{"measure".PadRight(width)}{"videos",8}{"lowest",10}{"25 %",10}{"median",10}{"75 %",10}{"highest",10}");
        foreach ((string key, ImmutableArray<NormValue> values) in norm.Measures)
        {
            string numbers = string.Concat(QuartilesOf(values).Select(value => value.ToString("0.###", CultureInfo.InvariantCulture).PadLeft(10)));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key.PadRight(width)}{values.Length,8}{numbers}"));
        }
    }

    // Lowest, quartiles, highest; linear between neighbours.
    private static double[] QuartilesOf(ImmutableArray<NormValue> values) => values.IsEmpty ? [] : [.. Enumerable.Range(0, Quartiles + 1).Select(quartile =>
    {
        double place = quartile * (values.Length - 1) / (double)Quartiles;
        int before = (int)place, after = Math.Min(before + 1, values.Length - 1);
        return values[before].Value + ((place - before) * (values[after].Value - values[before].Value));
    })];
}
