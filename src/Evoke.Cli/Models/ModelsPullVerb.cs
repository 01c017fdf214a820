using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Encoders.Weights;
using Evoke.Files;

namespace Evoke.Cli.Models;

/// <summary><c>evoke models pull</c>.</summary>
internal sealed class ModelsPullVerb : Verb
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Encoders whose weights to download: swin-l, vggish … ('evoke models list').",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Download all weights that 'evoke models list' shows and whose address is known." };
    private readonly Option<bool> _force = new("--force") { Description = "Download weights again that are already installed." };

    private readonly Option<Uri?> _from = SharedOptions.Address(
        "--from", "Download from this address instead, for example a mirror of your own. Only with a single NAME.");

    private readonly Option<string?> _sha256 = new("--sha256")
    {
        Description = "Expected SHA-256 of the file, or its first digits. Only with a single NAME.",
        HelpName = "HEX",
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count == 1 && (result.Tokens[0].Value.Length is < 8 or > 64 || !result.Tokens[0].Value.All(char.IsAsciiHexDigit)))
                {
                    result.AddError($"--sha256 takes 8 to 64 hexadecimal digits; found '{result.Tokens[0].Value}'.");
                }
            },
        },
    };

    private readonly Option<bool> _json = SharedOptions.Json();

    public ModelsPullVerb()
        : base("pull", "Downloads weights from their authors' sites, checks and installs them. An interrupted download is resumed by the next pull.",
            "evoke models pull swin-l vggish")
    {
        Add(_names);
        Add(_all);
        Add(_force);
        Add(_from);
        Add(_sha256);
        Add(_json);
        this.Excludes(_all, _names);
        this.NeedsOneOf("No weights are named ('evoke models list' shows the names)", _names, _all);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        List<PretrainedWeights> wanted = Wanted(context);
        PullOptions options = new() { Force = context.Get(_force), From = context.Get(_from), Sha256 = context.Get(_sha256) };
        if (wanted.Count > 1 && (options.From ?? (object?)options.Sha256) is not null)
        {
            throw new WrongUseException($"--from and --sha256 are for one file; {wanted.Count} were named.");
        }

        WeightStore store = new();
        List<InstalledWeights> installed = [];
        List<(string Name, string Error)> failed = [];
        await ProgressDisplay.ShowAsync(context.Terminal, async board =>
        {
            foreach (PretrainedWeights weights in wanted)
            {
                try
                {
                    using PullDisplay display = new(board, weights);
                    installed.Add(await store.PullAsync(weights, options, display, context.CancellationToken).ConfigureAwait(false));
                }
                catch (EvokeException error) when (!PreventsAll(error) || installed.Count > 0)
                {
                    failed.Add((weights.Name, error.Message));
                    context.Fail($"evoke: {weights.Name}: {error.Message}");
                    if (PreventsAll(error))
                    {
                        break;
                    }
                }
            }

            return failed.Count;
        }).ConfigureAwait(false);

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(
                new { Installed = installed.Select(ModelsText.Json), Failed = failed.Select(failure => new { failure.Name, failure.Error }) });
        }
        else
        {
            installed.ForEach(weights => context.Terminal.Out.WriteLine(ModelsText.Line(weights)));
        }

        return failed.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    // On a full disk the others would fail, too.
    private static bool PreventsAll(EvokeException error) => error is FileWriteException { EndsRun: true };

    private List<PretrainedWeights> Wanted(VerbContext context) => context.Get(_all)
        ? [.. WeightRegistry.All.Where(weights => weights.Address is not null)]
        : [.. context.GetRequired(_names).Distinct(StringComparer.Ordinal).Select(WeightRegistry.Get)];
}
