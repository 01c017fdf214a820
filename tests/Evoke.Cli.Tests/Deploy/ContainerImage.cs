using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Deploy;

/// <summary>The image of <c>deploy/Dockerfile</c>: built on first use by buildah, on base images of <c>build/base-images.sh</c>, and run as an engine would run
/// it. Everything lies in a temporary folder, which is removed in the end.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ContainerImage : IDisposable
{
    /// <summary>The id of the image's user "app".</summary>
    public const string App = "1654";

    private const long BytesNeeded = 12L << 30;

    // In namespaces of its own, with a read-only root and a volume: what an engine does, in programs that every Linux has. The program has the process id 1.
    private const string Run =
        """
        set -e
        root=$1 volume=$2 user=$3 folder=$4; shift 4
        mount --bind "$root" "$root"
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount --bind "$volume" "$root/data"
        mount -o remount,bind,ro "$root"
        exec chroot --userspec="$user" "$root" /usr/bin/env -i -C "$folder" "$@"
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly SemaphoreSlim _turn = new(1);
    private JsonElement _config;
    private string? _root;

    /// <inheritdoc/>
    public void Dispose()
    {
        _turn.Dispose();

        // Never into a mounted /dev, should buildah have been killed.
        if (!File.ReadAllText("/proc/self/mountinfo").Contains(_folder.Path, StringComparison.Ordinal))
        {
            _folder.Dispose();
        }
    }

    /// <summary>Runs the image's entry point with arguments.</summary>
    /// <param name="volume">The folder that is mounted as /data.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">More variables, each as NAME=VALUE.</param>
    internal async Task<CommandResult> RunAsync(string volume, string[] arguments, params string[] environment)
    {
        using Process process = await StartAsync(volume, arguments, environment);
        return await EndAsync(process);
    }

    /// <summary>Starts the image's entry point; the process is that of the namespaces, and its only child the program.</summary>
    internal async Task<Process> StartAsync(string volume, string[] arguments, params string[] environment)
    {
        await BuildAsync();
        return EvokeProcess.Start(
            "unshare",
            [
                "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", Run, "bash", _root!, volume, Text("User"), Text("WorkingDir"),
                .. List("Env"), .. environment, .. List("Entrypoint"), .. arguments,
            ]);
    }

    /// <summary>Waits until a started program ends.</summary>
    internal static async Task<CommandResult> EndAsync(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CommandResult(process.ExitCode, output, await error);
    }

    /// <summary>A new folder that the image's user may write to.</summary>
    internal async Task<string> VolumeAsync()
    {
        await BuildAsync();
        string volume = Directory.CreateDirectory(_folder.File("volume-" + Guid.NewGuid().ToString("N"))).FullName;
        await ShouldRunAsync("chown", [$"{App}:{App}", volume]);
        return volume;
    }

    /// <summary>A list of the image's configuration, such as Entrypoint.</summary>
    internal async Task<string[]> ConfigurationAsync(string key)
    {
        await BuildAsync();
        return [.. List(key)];
    }

    private IEnumerable<string> List(string key) => _config.GetProperty(key).EnumerateArray().Select(item => item.GetString()!);

    private string Text(string key) => _config.GetProperty(key).GetString()!;

    private async Task BuildAsync()
    {
        await _turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_root is null)
            {
                await SkipUnlessPossibleAsync();
                await MakeAsync();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task MakeAsync()
    {
        string[] options = ["--storage-driver", "vfs", "--root", _folder.File("storage"), "--runroot", _folder.File("run")];
        await ShouldRunAsync(Path.Combine(Repository.Root, "build", "base-images.sh"), options);
        await ShouldRunAsync(
            "buildah",
            [
                .. options, "build", "--isolation", "chroot", "--build-arg", "SDK_IMAGE=localhost/evoke-sdk", "--build-arg",
                "RUNTIME_IMAGE=localhost/evoke-runtime", "-f", Path.Combine(Repository.Root, "deploy", "Dockerfile"), "-t", "evoke", Repository.Root,
            ]);
        string inspected = await ShouldRunAsync("buildah", [.. options, "inspect", "--type", "image", "evoke"]);
        _config = JsonElement.Parse(inspected).GetProperty("OCIv1").GetProperty("config");
        string container = (await ShouldRunAsync("buildah", [.. options, "from", "evoke"])).Trim();
        _root = (await ShouldRunAsync("buildah", [.. options, "mount", container])).Trim();
    }

    private async Task<string> ShouldRunAsync(string program, IEnumerable<string> arguments)
    {
        BufferedCommandResult result = await Wrap(program, arguments);
        result.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{result.StandardOutput}\n{result.StandardError}");
        return result.StandardOutput;
    }

    private async Task SkipUnlessPossibleAsync()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can build the image and run it in namespaces.");
        foreach (string program in new[] { "buildah", "debootstrap", "unshare", "apt-get" })
        {
            bool found = (await Wrap("bash", ["-c", $"PATH=$PATH:/usr/sbin:/sbin command -v {program}"])).ExitCode == 0;
            Assert.SkipUnless(found, $"{program} is missing (Debian, as root: apt-get install buildah debootstrap).");
        }

        bool may = (await Wrap("unshare", ["--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "tmpfs", "/mnt"])).ExitCode == 0;
        Assert.SkipUnless(may, "root may not mount anything here.");
        long free = new DriveInfo(_folder.Path).AvailableFreeSpace;
        Assert.SkipUnless(free >= BytesNeeded, FormattableString.Invariant($"{_folder.Path} has {free >> 30} GiB free; the image needs {BytesNeeded >> 30}."));
    }

    private CommandTask<BufferedCommandResult> Wrap(string program, IEnumerable<string> arguments) =>
        CliWrap.Cli.Wrap(program).WithArguments(arguments)
            .WithEnvironmentVariables(new Dictionary<string, string?>
            {
                // buildah keeps its caches where temporary files are.
                ["TMPDIR"] = Directory.CreateDirectory(_folder.File("tmp")).FullName,
                ["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin",
            })
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
}
