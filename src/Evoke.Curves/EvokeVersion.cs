using System.Reflection;

namespace Evoke.Curves;

/// <summary>The version of Evoke.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class EvokeVersion
{
    /// <summary>The version, for example "0.1.0".</summary>
    public static string Text { get; } =
        typeof(EvokeVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
