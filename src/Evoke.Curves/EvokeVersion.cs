using System.Reflection;

namespace Evoke.Curves;

/// <summary>Which Evoke this is.</summary>
public static class EvokeVersion
{
    /// <summary>The version, for example "0.1.0".</summary>
    public static string Text { get; } =
        typeof(EvokeVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
