using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;

namespace Evoke.Cluster.Tests.Slurm;

/// <summary>
/// A private Slurm on this machine: munged, a controller and two nodes, on free ports and with sockets in their own folder, so that no other Slurm is
/// touched.
/// </summary>
/// <remarks>
/// A shell holds a pipe from the tests: when they end, for whatever reason, it kills every process that has the folder in its environment (SLURM_CONF)
/// or in its command line. If the tests were killed, it removes the folder too.
/// </remarks>
[UnsupportedOSPlatform("windows")]
internal sealed class TestCluster : IDisposable
{
    private const int Patience = 600; // seconds; no measurement: so long takes only what hangs

    private const string Reaper = """
        read -r word
        for round in 1 2 3 4 5 6 7 8; do
          for process in /proc/[0-9]*; do
            grep -qsF "$1/" "$process/environ" "$process/cmdline" && kill -9 "${process#/proc/}"
          done
          sleep 0.1
        done 2>/dev/null
        [ "$word" = kept ] || rm -rf "$1"
        """;

    private static readonly HashSet<int> GivenPorts = [];

    private readonly string _folder;
    private readonly Process _reaper;

    private TestCluster(string folder)
    {
        _folder = Path.Combine(folder, "cluster");
        _reaper = Start("setsid", ["bash", "-c", Reaper, "reaper", folder], ours: false);
    }

    /// <summary>The environment variables of a user of this cluster.</summary>
    public Dictionary<string, string?> Environment => new() { ["SLURM_CONF"] = Configuration };

    private string Configuration => FileOf("slurm.conf");

    /// <summary>The programs that are missing to start one; null if none are.</summary>
    public static string? WhatIsMissing()
    {
        string[] folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];
        string[] programs =
        [
            .. new[] { "munged", "slurmctld", "slurmd", "sbatch", "squeue", "setsid" }
                .Where(name => !folders.Any(folder => File.Exists(Path.Combine(folder, name)))),
        ];
        return programs.Length > 0 ? $"no real Slurm to test with: {string.Join(", ", programs)} missing (Debian: apt-get install slurm-wlm munge)"
            : !string.Equals(System.Environment.UserName, "root", StringComparison.Ordinal) ? "a Slurm can only be started by root"
            : null;
    }

    /// <summary>Starts one in a test's folder, which it opens to other users.</summary>
    public static async Task<TestCluster> StartAsync(string folder)
    {
        TestCluster cluster = new(folder);
        try
        {
            await cluster.StartDaemonsAsync();
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    public void StartController() => Daemon("slurmctld", "-D", "-f", Configuration);

    public void StartNode(string name) => Daemon("slurmd", "-D", "-f", Configuration, "-N", name);

    /// <summary>Runs one of Slurm's programs, or evoke.</summary>
    public async Task<(int ExitCode, string Out, string Error)> RunAsync(string program, params string[] arguments)
    {
        BufferedCommandResult result = await CliWrap.Cli.Wrap(program).WithArguments(arguments).WithEnvironmentVariables(Environment)
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return (result.ExitCode, result.StandardOutput, result.StandardError);
    }

    /// <summary>The processes of this cluster whose command line has all of <paramref name="words"/>.</summary>
    public int[] Processes(params string[] words) =>
    [
        .. from folder in Directory.GetDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)
           let line = Read(folder, "cmdline")
           where words.All(word => line.Contains(word, StringComparison.Ordinal)) && IsOurs(folder)
           select int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture),
    ];

    /// <summary>The processes of an array's task whose command line has <paramref name="word"/>.</summary>
    public int[] ProcessesOfTask(int task, string word) =>
        [.. Processes(word).Where(
            id => Read($"/proc/{id}", "environ").Contains(
                string.Create(CultureInfo.InvariantCulture, $"\0SLURM_ARRAY_TASK_ID={task}\0"), StringComparison.Ordinal))];

    public static void Signal(string signal, params int[] processes)
    {
        if (processes.Length > 0)
        {
            using Process kill = Process.Start("kill", [signal, .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
            kill.WaitForExit();
        }
    }

    /// <summary>True once a process is gone, or dead but not yet reaped by its parent.</summary>
    public static bool HasEnded(int process) =>
        Read($"/proc/{process}", "stat") is var stat && (stat.Length == 0 || stat.Contains(") Z ", StringComparison.Ordinal));

    public string Logs() => string.Join('\n', Directory.GetFiles(FileOf("log")).SelectMany(path => File.ReadLines(path).TakeLast(30).Prepend(path)));

    public void Dispose()
    {
        _reaper.StandardInput.WriteLine("kept");
        _reaper.StandardInput.Close();
        _reaper.WaitForExit();
        _reaper.Dispose();
    }

    private async Task StartDaemonsAsync()
    {
        foreach (string folder in new[] { "run", "log", "spool/ctld", "spool/n1", "spool/n2" })
        {
            Directory.CreateDirectory(FileOf(folder));
        }

        // munged refuses a socket that others cannot reach; the key stays its owner's.
        string parent = Path.GetDirectoryName(_folder)!;
        File.SetUnixFileMode(
            parent,
            File.GetUnixFileMode(parent) | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        string key = FileOf("munge.key");
        File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(1024));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Configuration, Settings(_folder, Dns.GetHostName(), FreePorts(3)));
        string socket = FileOf("run/munge.sock");
        Daemon("munged", "--foreground", $"--key-file={key}", $"--socket={socket}", $"--pid-file={FileOf("run/munged.pid")}",
            $"--log-file={FileOf("log/munged.log")}", $"--seed-file={FileOf("run/munged.seed")}");
        await UntilAsync(() => Task.FromResult(File.Exists(socket)), "munged listens");
        StartController();
        StartNode("n1");
        StartNode("n2");
        await UntilAsync(async () => (await RunAsync("sinfo", "--noheader", "--format=%T %D")).Out.Trim() == "idle 2", "both nodes are idle");
    }

    public async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed.TotalSeconds > Patience)
            {
                string queue = (await RunAsync("squeue", "--array", "--states=all")).Out;
                string nodes = (await RunAsync("sinfo")).Out;
                throw new TimeoutException($"Not within {Patience} s: {what}.\n{queue}\n{nodes}\n{Logs()}");
            }

            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private void Daemon(string program, params string[] arguments) =>
        Start("bash", ["-c", "exec \"$@\" >>\"$0\" 2>&1", FileOf($"log/{program}.out"), program, .. arguments], ours: true).Dispose();

    private Process Start(string program, string[] arguments, bool ours)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, WorkingDirectory = "/" };
        start.Environment["PATH"] = System.Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin";
        if (ours)
        {
            start.Environment["SLURM_CONF"] = Configuration;
        }

        return Process.Start(start)!;
    }

    private bool IsOurs(string process) => $"\0{Read(process, "environ")}".Contains($"\0SLURM_CONF={Configuration}\0", StringComparison.Ordinal);

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ""; // It has ended.
        }
    }

    private string FileOf(string name) => Path.Combine(_folder, name);

    // Clusters start in parallel: a port that one has been given is not given to another, even before it listens.
    private static int[] FreePorts(int count)
    {
        lock (GivenPorts)
        {
            return [.. Enumerable.Repeat(0, int.MaxValue).Select(_ => FreePort()).Where(GivenPorts.Add).Take(count)];
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Settings(string folder, string host, int[] ports) => string.Create(CultureInfo.InvariantCulture, $"""
        ClusterName=evoketest
        SlurmctldHost={host}(127.0.0.1)
        SlurmUser=root
        SlurmdUser=root
        AuthType=auth/munge
        AuthInfo=socket={folder}/run/munge.sock
        CryptoType=crypto/munge
        SlurmctldPort={ports[0]}
        SlurmctldPidFile={folder}/run/ctld.pid
        SlurmdPidFile={folder}/run/slurmd-%n.pid
        StateSaveLocation={folder}/spool/ctld
        SlurmdSpoolDir={folder}/spool/%n
        SlurmctldLogFile={folder}/log/ctld.log
        SlurmdLogFile={folder}/log/slurmd-%n.log
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        JobAcctGatherType=jobacct_gather/none
        AccountingStorageType=accounting_storage/none
        JobCompType=jobcomp/none
        SelectType=select/cons_tres
        SelectTypeParameters=CR_Core
        MpiDefault=none
        SwitchType=switch/none
        ReturnToService=2
        SlurmdParameters=config_overrides
        SlurmdTimeout=10
        KillWait=2
        JobRequeue=1
        NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=2 RealMemory=8000
        NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=2 RealMemory=8000
        PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP

        """);
}
