using System.CommandLine;

namespace Evoke.Cli.Dataset;

/// <summary><c>--csv</c>: label files of the EEV form.</summary>
internal static class LabelFileOption
{
    public static Option<string[]> Several() => new("--csv")
    {
        Description = "Label files of the EEV form: train.csv val.csv test.csv.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };
}
