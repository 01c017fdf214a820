using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Evoke.Kernels.Torch;

/// <summary>Functions of native libraries that this process has loaded.</summary>
internal static class LoadedLibrary
{
    /// <summary>The address of a function, 0 if no such library is loaded or it has no such function.</summary>
    /// <param name="library">How the name of the library's file begins.</param>
    /// <param name="symbol">The function's name in the library's table of symbols.</param>
    public static nint Find(string library, string symbol)
    {
        using Process process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            if (module.ModuleName.StartsWith(library, StringComparison.Ordinal)
                && NativeLibrary.TryLoad(module.FileName, out nint handle)
                && NativeLibrary.TryGetExport(handle, symbol, out nint address))
            {
                return address;
            }
        }

        return 0;
    }
}
