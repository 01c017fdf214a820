using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;

namespace Evoke.Curves.Tests.Architecture;

/// <summary>A project under src: what its project file, its restored packages and its built assembly refer to.</summary>
internal sealed class Room(string name)
{
    private static readonly Lazy<string> s_root = new(FindRoot);

    public static string Root => s_root.Value;

    public static IEnumerable<string> Names => Directory.GetDirectories(Path.Combine(Root, "src")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    private string Folder => Path.Combine(Root, "src", name);

    /// <summary>The rooms that the project file refers to.</summary>
    public string[] ProjectReferences() => [.. References("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))];

    /// <summary>The packages that the project file refers to.</summary>
    public string[] PackageReferences() => [.. References("PackageReference")];

    /// <summary>All packages, direct and transitive, that bring files of machine code; null if the project has not been restored.</summary>
    public string[]? PackagesWithNativeCode()
    {
        string path = Path.Combine(Folder, "obj", "project.assets.json");
        if (!File.Exists(path))
        {
            return null;
        }

        using FileStream stream = File.OpenRead(path);
        using JsonDocument assets = JsonDocument.Parse(stream);
        return [.. assets.RootElement.GetProperty("targets").EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject())
            .Where(library => library.Value.TryGetProperty("native", out _) || HasNativeTarget(library.Value))
            .Select(library => library.Name)
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The assemblies that the built assembly refers to; null if it has not been built in this configuration.</summary>
    public string[]? AssemblyReferences()
    {
        // …/tests/Evoke.Curves.Tests/bin/Release/net10.0/linux-x64/ → …/src/NAME/bin/Release/net10.0/linux-x64/NAME.dll
        string output = Path.GetRelativePath(Path.Combine(Root, "tests", "Evoke.Curves.Tests"), AppContext.BaseDirectory);
        string path = Path.Combine(Folder, output, $"{name}.dll");
        if (!File.Exists(path))
        {
            return null;
        }

        using PEReader assembly = new(File.OpenRead(path));
        MetadataReader metadata = assembly.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static bool HasNativeTarget(JsonElement library) =>
        library.TryGetProperty("runtimeTargets", out JsonElement targets)
        && targets.EnumerateObject().Any(file => file.Value.GetProperty("assetType").GetString() == "native");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Evoke.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has Evoke.slnx.");
    }

    private IEnumerable<string> References(string kind) =>
        XDocument.Load(Path.Combine(Folder, $"{name}.csproj")).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);
}
