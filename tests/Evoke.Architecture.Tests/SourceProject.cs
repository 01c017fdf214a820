using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;
using Evoke.Testing;

namespace Evoke.Architecture.Tests;

/// <summary>A project under src: what its project file, its restored packages and its built assembly refer to.</summary>
internal sealed class SourceProject(string name)
{
    /// <summary>The folder of Evoke.slnx.</summary>
    public static string Root { get; } = SourceTree.Root ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has Evoke.slnx.");

    /// <summary>All projects under src, in ordinal order.</summary>
    public static IEnumerable<string> Names => Directory.GetDirectories(Path.Combine(Root, "src")).Select(folder => Path.GetFileName(folder))
        .Order(StringComparer.Ordinal);

    private string Folder => Path.Combine(Root, "src", name);

    /// <summary>The projects that the project file refers to.</summary>
    public string[] ProjectReferences() => [.. References("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))];

    /// <summary>The packages that the project file refers to.</summary>
    public string[] PackageReferences() => [.. References("PackageReference")];

    /// <summary>The assemblies that can access this one's internal members.</summary>
    public string[] Friends() => [.. References("InternalsVisibleTo")];

    /// <summary>All packages, direct and transitive, that bring files of machine code.</summary>
    public string[] PackagesWithNativeCode()
    {
        using FileStream stream = File.OpenRead(Path.Combine(Folder, "obj", "project.assets.json"));
        using JsonDocument assets = JsonDocument.Parse(stream);
        return [.. assets.RootElement.GetProperty("targets").EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject())
            .Where(library => library.Value.TryGetProperty("native", out _) || HasNativeTarget(library.Value))
            .Select(library => library.Name)
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The assemblies that the built assembly refers to.</summary>
    public string[] AssemblyReferences()
    {
        using PEReader assembly = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")));
        MetadataReader metadata = assembly.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static bool HasNativeTarget(JsonElement library) =>
        library.TryGetProperty("runtimeTargets", out JsonElement targets)
        && targets.EnumerateObject().Any(file => file.Value.GetProperty("assetType").GetString() == "native");

    private IEnumerable<string> References(string kind) =>
        XDocument.Load(Path.Combine(Folder, $"{name}.csproj")).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);
}
