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

    [Fact]
    public async Task OnlyFilesHaveALengthAndLinksThatOfTheirFile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It makes a pipe.");
        using Process made = Process.Start("mkfifo", [_folder.File("pipe")]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.WriteAllText(_folder.File("file"), "12345");
        foreach ((string link, string target) in new[] { ("to-file", "file"), ("to-link", "to-file"), ("to-pipe", "pipe"), ("to-nothing", "nothing") })
        {
            File.CreateSymbolicLink(_folder.File(link), _folder.File(target));
        }

        foreach (string name in new[] { "file", "to-file", "to-link" })
        {
            FileKind.IsFileOver(_folder.File(name), 4).ShouldBeTrue(name);
            FileKind.IsFileOver(_folder.File(name), 5).ShouldBeFalse(name);
        }

        foreach (string name in new[] { "pipe", "to-pipe", "nothing", "to-nothing", "." })
        {
            FileKind.IsFileOver(_folder.File(name), 0).ShouldBeFalse(name);
        }
    }
}
