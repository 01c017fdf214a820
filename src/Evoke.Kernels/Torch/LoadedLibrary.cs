using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Evoke.Kernels.Torch;

/// <summary>Native libraries that this process has loaded, and their functions.</summary>
internal static class LoadedLibrary
{
    /// <summary>The handle of a library; 0 if none is loaded. It goes through all that the process has loaded: ask once.</summary>
    /// <param name="name">How the name of its file begins.</param>
    public static nint Open(string name)
    {
        using Process process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            if (module.ModuleName.StartsWith(name, StringComparison.Ordinal) && NativeLibrary.TryLoad(module.FileName, out nint library))
            {
                return library;
            }
        }

        return 0;
    }

    /// <summary>The address of a function; 0 if there is no library or it has no such function.</summary>
    /// <param name="library">From <see cref="Open"/>.</param>
    /// <param name="symbol">The function's name in the library's table of symbols.</param>
    public static nint Find(nint library, string symbol) => library != 0 && NativeLibrary.TryGetExport(library, symbol, out nint address) ? address : 0;
}
