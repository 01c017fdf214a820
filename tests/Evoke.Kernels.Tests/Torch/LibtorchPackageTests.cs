using System.Runtime.InteropServices;
using System.Xml.Linq;
using Evoke.Kernels.Torch;
using Evoke.Testing;

namespace Evoke.Kernels.Tests.Torch;

/// <summary>What a program is told that has no libtorch, or one that does not load.</summary>
public sealed class LibtorchPackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AProgramWithoutLibtorchIsToldWhichPackageToAdd()
    {
        OSPlatform system = OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux;
        string? package = LibtorchPackage.NameFor(system, RuntimeInformation.OSArchitecture);
        Assert.SkipWhen(package is null, "There is no libtorch package for this platform.");
        string said = LibtorchPackage.Explain([_folder.Path], "not restored\nTrace: a hundred lines");

        said.ShouldContain($"is not part of this program. Add the package {package} 2.10.0");
        said.ShouldEndWith($"dotnet add package {package} --version 2.10.0");
        said.ShouldNotContain("Trace");
    }

    [Fact]
    public void ALibraryThatDoesNotLoadIsNamedWithTheReason()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The file has Linux's name.");
        File.WriteAllText(_folder.File("libtorch_cpu.so"), "not a library");

        string said = LibtorchPackage.Explain([_folder.Path], "not restored\nTrace: a hundred lines");

        said.ShouldContain(_folder.File("libtorch_cpu.so"));
        said.ShouldNotContain("Add the package");
        said.ShouldNotContain("\n");
    }

    [Fact]
    public void TheVersionIsTheOneThatEvokeIsTestedWith()
    {
        XDocument pinned = XDocument.Load(Path.Combine(SourceTree.Root!, "Directory.Packages.props"));
        string[] versions = [.. pinned.Descendants("PackageVersion")
            .Where(package => package.Attribute("Include")!.Value.StartsWith("libtorch-", StringComparison.Ordinal))
            .Select(package => package.Attribute("Version")!.Value)];
        versions.ShouldBe([LibtorchPackage.Version, LibtorchPackage.Version, LibtorchPackage.Version]);
    }
}
