using System.CommandLine;
using System.CommandLine.Parsing;
using Evoke.Cli.Verbs;

namespace Evoke.Cli.Options;

/// <summary>Options that mean the same wherever they appear. A new instance per verb: System.CommandLine gives each option one parent.</summary>
internal static class SharedOptions
{
    /// <summary><c>--emotions</c>: names of curves.</summary>
    public static Option<string[]> Emotions(string description) => new("--emotions")
    {
        Description = description,
        HelpName = "NAME,NAME",
        CustomParser = ParseEmotions,
    };

    /// <summary><c>--json</c> of verbs whose result is a report.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on standard output." };

    /// <summary><c>--device</c> of verbs that run networks.</summary>
    public static Option<string> Device() => new("--device")
    {
        Description = "Device that the networks run on: cpu, cuda or cuda:N.",
        HelpName = "DEVICE",
        DefaultValueFactory = _ => "cpu",
    };

    /// <summary><c>--train-labels</c> of verbs that train.</summary>
    public static PathOption<string> TrainLabels() => new("--train-labels", PathRole.InputFile)
    {
        Description = "Labels for training, a CSV file in EEV's format.",
        HelpName = "CSV",
        Required = true,
    };

    /// <summary><c>--val-labels</c> of verbs that train.</summary>
    public static PathOption<string> ValidationLabels() => new("--val-labels", PathRole.InputFile)
    {
        Description = "Labels for validation, a CSV file in EEV's format.",
        HelpName = "CSV",
        Required = true,
    };

    /// <summary><c>--csv</c>: label files, one or more.</summary>
    public static PathOption<string[]> LabelFiles() => new("--csv", PathRole.InputFile)
    {
        Description = "Label files in EEV's format, for example train.csv val.csv test.csv.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary><c>--set</c> of verbs that train by a recipe.</summary>
    public static Option<string[]> Settings() => new("--set")
    {
        Description = "Override one key of the recipe, for example train.lr=1e-4. The section may be omitted if only one has the key: seed=1. May be repeated.",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary><c>--audio-track</c> of verbs that read videos.</summary>
    public static Option<int?> AudioTrack() => NumberOptions.CountOrNone(
        "--audio-track",
        "Number of the sound track to use, from 1. Default: the track that the file marks as default and that is not a commentary.",
        "N");

    /// <summary><c>--model</c> of verbs that predict.</summary>
    public static Option<string> Model() => new("--model")
    {
        Description = "A model file, or a built-in model that needs neither training nor weights: 'affect' (arousal, pace, motion, loudness) or "
            + "'pitch-valence'.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => "affect",
    };

    /// <summary>An option that takes one of several words.</summary>
    /// <param name="name">"--weights".</param>
    /// <param name="description">What it is for.</param>
    /// <param name="words">The words; the first one is the default.</param>
    public static Option<string> Choice(string name, string description, params string[] words)
    {
        Option<string> option = RequiredChoice(name, description, words);
        option.Required = false;
        option.DefaultValueFactory = _ => words[0];
        return option;
    }

    /// <summary>An option that takes one of several words, without a default.</summary>
    public static Option<string> RequiredChoice(string name, string description, params string[] words) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', words),
        Required = true,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!words.Contains(text))
            {
                result.AddError($"{name} takes {string.Join(", ", words[..^1])} or {words[^1]}; found '{text}'.");
            }

            return text;
        },
    };

    /// <summary>An option that takes a rate in Hz: a number above 0, or a fraction such as 1/0.96.</summary>
    /// <param name="name">"--rate".</param>
    /// <param name="description">What the rate counts.</param>
    /// <param name="usual">The default, as users write it: "1/0.96".</param>
    public static Option<Hertz> Rate(string name, string description, string usual) => new(name)
    {
        Description = description,
        HelpName = "HZ",
        CustomParser = ParseRate,
        DefaultValueFactory = _ => Hertz.TryParse(usual, out Hertz rate) ? rate : throw new ArgumentException($"'{usual}' is not a rate.", nameof(usual)),
    };

    private static Hertz ParseRate(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!Hertz.TryParse(text, out Hertz rate))
        {
            result.AddError(
                $"{(result.Parent as OptionResult)?.Option.Name} takes a rate in Hz, a number above 0 or a fraction such as 1/0.96; found '{text}'.");
        }

        return rate;
    }

    private static string[] ParseEmotions(ArgumentResult result)
    {
        string[] names = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries))];
        if (names.Contains("") || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length)
        {
            result.AddError($"--emotions takes different names, separated by commas, for example arousal,valence; found '{string.Join(',', names)}'.");
        }

        return names;
    }

    /// <summary>An option for an http or https address; null unless it is given.</summary>
    public static Option<Uri?> Address(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "URL",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
            {
                return address;
            }

            result.AddError($"{name} takes an http or https address; found '{result.Tokens[0].Value}'.");
            return null;
        },
    };
}
