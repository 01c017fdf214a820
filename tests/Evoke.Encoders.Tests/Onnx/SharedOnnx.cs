using Evoke.Testing;

namespace Evoke.Encoders.Tests.Onnx;

/// <summary>The real networks next to the repository, copied so that a JSON file can be placed next to them.</summary>
internal static class SharedOnnx
{
    /// <summary>Copies a network into a folder; skips the test where there is none.</summary>
    public static string CopyTo(TemporaryFolder folder, string name, string? json = null)
    {
        string? source = SourceTree.Shared is { } shared ? Path.Combine(shared, "weights", name) : null;
        Assert.SkipUnless(File.Exists(source), $"The network {name} is not beside the repository.");
        string path = folder.File(name);
        File.Copy(source!, path, overwrite: true);
        if (json is not null)
        {
            File.WriteAllText(path + ".json", json);
        }

        return path;
    }
}
