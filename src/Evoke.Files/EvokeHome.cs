namespace Evoke.Files;

/// <summary>The folder where Evoke keeps what can be downloaded or computed again.</summary>
/// <remarks>Thread-safe: reads the environment only.</remarks>
public static class EvokeHome
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "EVOKE_HOME";

    /// <summary>A given folder, else <c>$EVOKE_HOME</c>, else <c>~/.cache/evoke</c>; as an absolute path, not created here.</summary>
    /// <param name="folder">A folder that takes precedence, or null.</param>
    public static string Resolve(string? folder = null) => Resolve(folder, Environment.GetEnvironmentVariable(Variable));

    /// <summary>The same with a given value of <see cref="Variable"/>.</summary>
    internal static string Resolve(string? folder, string? variable)
    {
        string? named = string.IsNullOrEmpty(folder) ? variable : folder;
        return Path.GetFullPath(string.IsNullOrEmpty(named)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "evoke")
            : named);
    }
}
