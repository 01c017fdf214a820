using System.Runtime.Versioning;
using CliWrap;
using CliWrap.Buffered;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Checkout;

/// <summary>A stranger without rights on the machine clones the repository into a folder with spaces in its name: the demo works, and so do tests.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FreshCloneTests : IDisposable
{
    private const string Nobody = "65534";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)]
    public async Task TheDemoAndATestProjectWork()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can become another user.");
        Assert.SkipUnless(Path.Exists(Path.Combine(Repository.Root, ".git")), "This is not a git repository.");
        string home = Directory.CreateDirectory(_folder.File("home of a stranger")).FullName;
        Directory.CreateDirectory(Path.Combine(home, "tmp"));
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        string clone = Path.Combine(home, "my clone");
        await ShouldRunAsync(Repository.Root, "git", "clone", "--quiet", "--no-hardlinks", ".", clone);
        await ShouldRunAsync(home, "chown", "--recursive", $"{Nobody}:{Nobody}", home);
        string[] stranger =
        [
            "setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "env", $"HOME={home}", $"TMPDIR={home}/tmp", $"XDG_CACHE_HOME={home}/.cache",
            $"NUGET_PACKAGES={home}/packages",
        ];

        await ShouldRunAsync(clone, [.. stranger, "./evoke", "demo", "--films", "3", "--seconds", "10"]);
        // MSBuild by itself runs no command where the temporary folder's path has spaces.
        await ShouldRunAsync(clone, [.. stranger, "env", "--unset=TMPDIR", "dotnet", "test", "--project", "tests/Evoke.Tensors.Tests", "-c", "Release"]);

        File.Exists(Path.Combine(clone, "demo", "learning", "run", "report.html")).ShouldBeTrue();
    }

    private static async Task ShouldRunAsync(string folder, params string[] words)
    {
        BufferedCommandResult result = await CliWrap.Cli.Wrap(words[0]).WithArguments(words[1..]).WithWorkingDirectory(folder)
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        result.ExitCode.ShouldBe(0, $"{string.Join(' ', words)}\n{result.StandardOutput}\n{result.StandardError}");
    }
}
