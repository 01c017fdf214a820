using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Evoke.Cli;

/// <summary>Options that mean the same wherever they appear. A new instance per verb: System.CommandLine gives each option one parent.</summary>
internal static class SharedOptions
{
    /// <summary><c>--json</c> of verbs whose result is a report.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on standard output." };

    /// <summary><c>--device</c> of verbs that run heads.</summary>
    public static Option<string> Device() => new("--device") { Description = "Where the networks run: cpu, cuda or cuda:N.", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };

    /// <summary><c>--train-labels</c> of verbs that train.</summary>
    public static Option<string> TrainLabels() => new("--train-labels") { Description = "CSV of the EEV form to train on.", HelpName = "CSV", Required = true };

    /// <summary><c>--val-labels</c> of verbs that train.</summary>
    public static Option<string> ValidationLabels() => new("--val-labels") { Description = "CSV of the EEV form to validate on.", HelpName = "CSV", Required = true };

    /// <summary><c>--set</c> of verbs that train by a recipe.</summary>
    public static Option<string[]> Settings() => new("--set")
    {
        Description = "Sets one key of the recipe, for example train.lr=1e-4. May be given often.",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };

    /// <summary><c>--audio-track</c> of verbs that read videos.</summary>
    public static Option<int?> AudioTrack()
    {
        Option<int?> option = new("--audio-track")
        {
            Description = "Which sound track to hear, counted from 1; without it, the one that the file marks as default and that is no commentary.",
            HelpName = "N",
        };
        option.Validators.Add(MustBePositive);
        return option;
    }

    /// <summary>A validator: a whole number from 1.</summary>
    public static void MustBePositive(OptionResult result)
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number < 1)
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{result.Option.Name} takes a whole number from 1; found {number}."));
        }
    }

    /// <summary>An option that takes a rate in Hz: a number above 0, or a fraction such as 1/0.96.</summary>
    /// <param name="name">"--rate".</param>
    /// <param name="description">What happens so many times a second.</param>
    /// <param name="usual">The rate where none is given; null if the option must be given.</param>
    public static Option<double> Rate(string name, string description, double? usual)
    {
        Option<double> option = new(name) { Description = description, HelpName = "HZ", CustomParser = ParseRate };
        if (usual is { } rate)
        {
            option.DefaultValueFactory = _ => rate;
        }

        return option;
    }

    private static double ParseRate(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] parts = text.Split('/');
        if (parts.Length <= 2 && TryParse(parts[0], out double numerator) && TryParse(parts.Length == 2 ? parts[1] : "1", out double denominator)
            && numerator / denominator is > 0 and < double.PositiveInfinity and var rate)
        {
            return rate;
        }

        result.AddError($"{(result.Parent as OptionResult)?.Option.Name} takes a rate in Hz, a number above 0 or a fraction such as 1/0.96; found '{text}'.");
        return 0;
    }

    private static bool TryParse(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
