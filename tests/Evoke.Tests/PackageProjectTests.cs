using System.Xml.Linq;
using Evoke.Testing;

namespace Evoke.Tests;

/// <summary>What project files say of their packages.</summary>
public sealed class PackageProjectTests
{
    private static readonly string s_sources = Path.Combine(SourceTree.Root!, "src");

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(s_sources).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void EveryPackageSaysWhatItIs(string project)
    {
        XDocument file = Read(project);
        file.Descendants("Description").ShouldHaveSingleItem().Value.Length.ShouldBeInRange(40, 400);
        string title = file.Descendants("PackageId").SingleOrDefault()?.Value ?? project;
        File.ReadLines(Path.Combine(s_sources, project, "README.md")).First().ShouldBe($"# {title}");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void NoLibraryBringsLibtorch(string project)
    {
        XDocument file = Read(project);
        file.Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value)
            .ShouldNotContain(name => name.StartsWith("libtorch", StringComparison.Ordinal) || name.StartsWith("TorchSharp-", StringComparison.Ordinal));
        if (file.Descendants("UsesLibtorch").Any())
        {
            file.Descendants("OutputType").ShouldHaveSingleItem().Value.ShouldBe("Exe");
        }
    }

    [Theory]
    [InlineData("Evoke.Files")]
    [InlineData("Evoke.Curves")]
    public void WhatCanBeCompiledAheadOfTimeIsAnalysedForIt(string project) =>
        Read(project).Descendants("IsAotCompatible").ShouldHaveSingleItem().Value.ShouldBe("true");

    [Fact]
    public void TheStepsThatNetworksNeedTravelWithEvokeKernels()
    {
        XDocument carried = XDocument.Load(Path.Combine(SourceTree.Root!, "build", "Evoke.Kernels.targets"));
        string[] steps = [.. carried.Descendants("Import").Select(import => import.Attribute("Project")!.Value.Split(')')[^1])];
        string[] packed = [.. Read("Evoke.Kernels").Descendants("None")
            .Where(item => item.Attribute("PackagePath")?.Value.StartsWith("buildTransitive/", StringComparison.Ordinal) == true)
            .Select(item => Path.GetFileName(item.Attribute("Include")!.Value))];
        steps.Length.ShouldBe(2);
        packed.ShouldBe(["Evoke.Kernels.targets", .. steps], ignoreOrder: true);
    }

    [Theory]
    [InlineData("cpu", "Microsoft.ML.OnnxRuntime")]
    [InlineData("cuda", "Microsoft.ML.OnnxRuntime.Gpu")]
    public void AProgramHasOneBuildOfOnnxRuntimeAndBothHaveOneVersion(string backend, string package)
    {
        XElement[] references = [.. Read("Evoke.Encoders").Descendants("PackageReference")
            .Where(reference => reference.Attribute("Include")!.Value.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal))];
        references.Where(reference => reference.Attribute("Condition")!.Value == $"'$(OnnxBackend)' == '{backend}'")
            .ShouldHaveSingleItem().Attribute("Include")!.Value.ShouldBe(package);
        XDocument.Load(Path.Combine(SourceTree.Root!, "Directory.Packages.props")).Descendants("PackageVersion")
            .Where(version => version.Attribute("Include")!.Value.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal))
            .Select(version => version.Attribute("Version")!.Value).Distinct().ShouldHaveSingleItem();
    }

    private static XDocument Read(string project) => XDocument.Load(Path.Combine(s_sources, project, $"{project}.csproj"));
}
