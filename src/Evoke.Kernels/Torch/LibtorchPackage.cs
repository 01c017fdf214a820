using System.Runtime.InteropServices;

namespace Evoke.Kernels.Torch;

/// <summary>The package that brings libtorch to a program, and why libtorch is not there or does not load.</summary>
/// <remarks>No library of Evoke brings it: it is 480 MB, and not every program needs it.</remarks>
internal static class LibtorchPackage
{
    /// <summary>The one version that TorchSharp works with.</summary>
    internal const string Version = "2.10.0";

    /// <summary>The name of the package; null where none is published.</summary>
    internal static string? NameFor(OSPlatform system, Architecture processor) => processor switch
    {
        Architecture.X64 when system == OSPlatform.Linux => "libtorch-cpu-linux-x64",
        Architecture.X64 when system == OSPlatform.Windows => "libtorch-cpu-win-x64",
        Architecture.Arm64 when system == OSPlatform.OSX => "libtorch-cpu-osx-arm64",
        _ => null,
    };

    /// <summary>Why libtorch does not load, and what to do.</summary>
    /// <param name="folders">Where this program's native libraries are.</param>
    /// <param name="said">What TorchSharp said. It says the same whether libtorch is missing or does not load.</param>
    internal static string Explain(IEnumerable<string> folders, string said)
    {
        string? library = folders.Select(folder => Path.Combine(folder, FileName("torch_cpu"))).FirstOrDefault(File.Exists);
        if (library is null)
        {
            return "libtorch, the native library that runs networks, is not part of this program. " + Advice();
        }

        string[] libraries = [library, .. folders.Select(folder => Path.Combine(folder, FileName("LibTorchSharp"))).Where(File.Exists).Take(1)];
        string reason = libraries.Select(MistakeOf).FirstOrDefault(mistake => mistake is not null) ?? FirstLine(said);
        return $"libtorch, the native library that runs networks, cannot be loaded: {reason}";
    }

    /// <summary>Where the runtime looks for this program's native libraries.</summary>
    internal static IEnumerable<string> Folders() =>
        ((AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Prepend(AppContext.BaseDirectory);

    private static string Advice()
    {
        OSPlatform system = OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux;
        return NameFor(system, RuntimeInformation.OSArchitecture) is { } package
            ? $"Add the package {package} {Version} to it: dotnet add package {package} --version {Version}"
            : $"There is no libtorch package for {RuntimeInformation.RuntimeIdentifier}; networks run on linux-x64, win-x64 and osx-arm64.";
    }

    private static string? MistakeOf(string library)
    {
        try
        {
            NativeLibrary.Load(library);
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            return FirstLine(error.Message);
        }
    }

    private static string FileName(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    private static string FirstLine(string text) => text.AsSpan().Trim() is var trimmed && trimmed.IndexOfAny('\r', '\n') is >= 0 and var end
        ? trimmed[..end].ToString()
        : text.Trim();
}
