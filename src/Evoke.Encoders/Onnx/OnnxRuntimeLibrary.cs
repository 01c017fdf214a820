using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Evoke.Encoders.Onnx;

/// <summary>The one place where ONNX Runtime starts: silent. Every session calls <see cref="Start"/> before it is made.</summary>
/// <remarks>
/// From the first call on, the published builds report to Microsoft which process uses them and keep a machine ID in the user's cache folder, unless
/// telemetry is switched off before.
/// What users watch is private. Thread-safe: the first call starts the library, others wait for it.
/// </remarks>
public static partial class OnnxRuntimeLibrary
{
    private const string NoTelemetry = "ORT_DISABLE_TELEMETRY";
    private static readonly Lazy<OrtEnv> Started = new(StartSilently);

    /// <summary>Loads the library, once.</summary>
    /// <returns>Its version: "1.31.0".</returns>
    /// <exception cref="DllNotFoundException">The native library is not there, or cannot be loaded.</exception>
    public static string Start() => Started.Value.GetVersionString();

    /// <summary>True in builds that can use NVIDIA GPUs (<c>-p:OnnxBackend=cuda</c>). Loads the library; says nothing about the machine.</summary>
    /// <exception cref="DllNotFoundException">The native library is not there, or cannot be loaded.</exception>
    public static bool HasCuda => Started.Value.GetAvailableProviders().Contains("CUDAExecutionProvider");

    private static OrtEnv StartSilently()
    {
        // .NET keeps its variables to itself on Unix: native code sees only the C library's variables.
        Environment.SetEnvironmentVariable(NoTelemetry, "1");
        if (!OperatingSystem.IsWindows())
        {
            _ = SetVariable(NoTelemetry, "1", 1);
        }

        OrtEnv environment = OrtEnv.Instance();
        environment.DisableTelemetryEvents();
        return environment;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
