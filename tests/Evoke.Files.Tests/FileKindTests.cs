using System.Diagnostics;
using Evoke.Testing;

namespace Evoke.Files.Tests;

public sealed class FileKindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PipesAndDevicesAreToldFromFiles()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere nothing is said.");
        using Process made = Process.Start("mkfifo", [_folder.File("pipe")]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(_folder.File("link"), _folder.File("pipe"));
        File.WriteAllText(_folder.File("file"), "");

        FileKind.SpecialName(_folder.File("pipe")).ShouldBe("a pipe");
        FileKind.SpecialName(_folder.File("link")).ShouldBe("a pipe");
        FileKind.SpecialName("/dev/null").ShouldBe("a device");
        FileKind.SpecialName(_folder.File("file")).ShouldBeNull();
        FileKind.SpecialName(_folder.Path).ShouldBeNull();
        FileKind.SpecialName(_folder.File("nothing")).ShouldBeNull();
    }
}
