using System.Diagnostics;
using System.Runtime.Versioning;
using Evoke.Testing;

namespace Evoke.Files.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class PrivateFolderTests : IDisposable
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();

    public PrivateFolderTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has a folder of temporary files for each user.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheFolderIsThisUsersAndServesAgain()
    {
        string made = PrivateFolder.In(_folder.Path, "evoke-anna");
        made.ShouldBe(_folder.File("evoke-anna"));
        File.GetUnixFileMode(made).ShouldBe(OnlyOwner);
        PrivateFolder.In(_folder.Path, "evoke-anna").ShouldBe(made);
    }

    [Theory]
    [InlineData("open to others")]
    [InlineData("a link")]
    [InlineData("a file")]
    [InlineData("a link to nothing")]
    [InlineData("another user's")]
    public void ANameThatSomebodyElseMayHaveMadeIsNotUsed(string what)
    {
        string name = _folder.File("evoke-anna"), elsewhere = Directory.CreateDirectory(_folder.File("elsewhere"), OnlyOwner).FullName;
        switch (what)
        {
            case "open to others":
                Directory.CreateDirectory(name, OnlyOwner);
                File.SetUnixFileMode(name, OnlyOwner | UnixFileMode.GroupRead | UnixFileMode.OtherExecute);
                break;
            case "a link":
                Directory.CreateSymbolicLink(name, elsewhere);
                break;
            case "a file":
                File.WriteAllText(name, "x");
                break;
            case "a link to nothing":
                File.CreateSymbolicLink(name, _folder.File("nothing"));
                break;
            default:
                Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give a folder to another user.");
                Directory.CreateDirectory(name, OnlyOwner);
                Give(name);
                break;
        }

        string used = PrivateFolder.In(_folder.Path, "evoke-anna");
        used.ShouldStartWith(name + "-");
        File.GetUnixFileMode(used).ShouldBe(OnlyOwner);
        PrivateFolder.In(_folder.Path, "evoke-anna").ShouldBe(used, "what was made instead serves again");
        Directory.GetFileSystemEntries(elsewhere).ShouldBeEmpty();
    }

    private static void Give(string path)
    {
        using Process chown = Process.Start("chown", ["12345", path]);
        chown.WaitForExit();
        chown.ExitCode.ShouldBe(0);
    }
}
