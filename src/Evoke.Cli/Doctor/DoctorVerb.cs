using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;

namespace Evoke.Cli.Doctor;

/// <summary><c>evoke doctor</c>.</summary>
internal sealed class DoctorVerb : Verb
{
    private readonly Option<bool> _json = SharedOptions.Json();

    public DoctorVerb()
        : base("doctor", "Checks that everything Evoke needs is installed and works, and says how to fix what does not.", "evoke doctor") =>
        Add(_json);

    protected override async Task<int> RunAsync(VerbContext context)
    {
        List<Finding> findings = [];
        await foreach (Finding finding in ExamineAsync(context.CancellationToken).ConfigureAwait(false))
        {
            findings.Add(finding);
            if (!context.Get(_json))
            {
                Print(context, finding);
            }
        }

        bool healthy = findings.TrueForAll(finding => finding.Status != FindingStatus.Missing);
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                healthy,
                checks = findings.Select(finding => new
                {
                    finding.Name,
                    Status = Word(finding),
                    finding.Found,
                    finding.Mend,
                }),
            });
        }
        else
        {
            context.Terminal.Out.WriteLine();
            context.Terminal.Out.WriteLine(
                healthy ? "Everything that Evoke needs is installed and works." : "Evoke will not work until the problems above are fixed.");
        }

        return healthy ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static async IAsyncEnumerable<Finding> ExamineAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await ProgramFindings.SdkAsync(cancellationToken).ConfigureAwait(false);
        foreach (Finding finding in await ProgramFindings.FfmpegAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return finding;
        }

        yield return NativeFindings.Torch();
        yield return NativeFindings.OnnxRuntime();
        yield return NativeFindings.Sqlite();
        yield return MachineFindings.Processor();
        yield return NativeFindings.Gpu();
        yield return MachineFindings.Threads();
        yield return MachineFindings.Cache();
        yield return await ProgramFindings.DownloaderAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void Print(VerbContext context, Finding finding)
    {
        context.Terminal.Out.WriteLine($"{Word(finding),-8} {finding.Name,-13} {finding.Found}");
        if (finding.Mend is { } mend)
        {
            context.Terminal.Out.WriteLine($"{"",-8} {"",-13} {mend}");
        }
    }

    private static string Word(Finding finding) => finding.Status switch
    {
        FindingStatus.Ok => "ok",
        FindingStatus.Absent => "absent",
        _ => "missing",
    };
}
