using System.Text.RegularExpressions;

namespace Evoke.Heads.Networks;

/// <summary>The names of heads and losses, as recipes and model files have them: "kernel_ridge".</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static partial class RegisteredName
{
    /// <summary>The name, if it is valid: lower-case letters, digits and underscores, a letter first.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static string Checked(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Form().IsMatch(name)
            ? name
            : throw new ArgumentException(
                $"'{name}' is not a valid name of a head or loss: expected lower-case letters, digits and underscores, a letter first.", nameof(name));
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*\z")]
    private static partial Regex Form();
}
