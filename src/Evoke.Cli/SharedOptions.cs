using System.CommandLine;

namespace Evoke.Cli;

/// <summary>Options that mean the same wherever they appear. A new instance per verb: System.CommandLine gives each option one parent.</summary>
internal static class SharedOptions
{
    /// <summary><c>--json</c> of verbs whose result is a report.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on standard output." };

    /// <summary><c>--device</c>.</summary>
    public static Option<string> Device() => new("--device")
    {
        Description = "Where networks run: cpu, cuda or cuda:N.",
        HelpName = "DEVICE",
        DefaultValueFactory = _ => "cpu",
    };

    /// <summary><c>--precision</c>.</summary>
    public static Option<string?> Precision() => new("--precision")
    {
        Description = "Arithmetic of the networks: float32, bfloat16 or int8. Without it, the fastest that this chip has and that does no harm.",
        HelpName = "PRECISION",
    };

    /// <summary><c>--threads</c>.</summary>
    public static Option<int?> Threads() => new("--threads")
    {
        Description = "Threads of the networks. Without it, as many as there are cores.",
        HelpName = "N",
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int threads) && threads < 1)
                {
                    result.AddError($"--threads takes a whole number from 1; found {threads}.");
                }
            },
        },
    };
}
