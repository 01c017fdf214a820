using Evoke.Testing;

namespace Evoke.Files.Tests;

public sealed class RealPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryLinkOnTheWayIsFollowed()
    {
        string real = RealPath.Of(_folder.Path);
        Directory.CreateDirectory(_folder.File("a/b"));
        Directory.CreateSymbolicLink(_folder.File("a/up"), "..");
        Directory.CreateSymbolicLink(_folder.File("absolute"), _folder.File("a"));

        RealPath.Of(_folder.File("a/b")).ShouldBe(Path.Combine(real, "a/b"));
        RealPath.Of(_folder.File("a/up/a/up/a/b")).ShouldBe(Path.Combine(real, "a/b"));
        RealPath.Of(_folder.File("absolute/b")).ShouldBe(Path.Combine(real, "a/b"));
        RealPath.Of(Path.GetRelativePath(Environment.CurrentDirectory, _folder.File("absolute/b"))).ShouldBe(Path.Combine(real, "a/b"));
    }

    [Fact]
    public void LinksInACircleAreAnError()
    {
        File.CreateSymbolicLink(_folder.File("x"), _folder.File("y"));
        File.CreateSymbolicLink(_folder.File("y"), _folder.File("x"));

        Should.Throw<IOException>(() => RealPath.Of(_folder.File("x"))).Message.ShouldContain("too many links");
    }
}
