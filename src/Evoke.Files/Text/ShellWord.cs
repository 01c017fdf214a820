namespace Evoke.Files.Text;

/// <summary>Words of a command line that users copy into a POSIX shell, or that a script has.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class ShellWord
{
    /// <summary>Quotes a word where the shell would otherwise divide or change it.</summary>
    /// <param name="word">Any text.</param>
    /// <returns>The word itself, or the word in single quotes.</returns>
    public static string Quoted(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./=:,@%+".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
