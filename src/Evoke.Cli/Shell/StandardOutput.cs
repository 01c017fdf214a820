using System.Text;
using Evoke.Files;

namespace Evoke.Cli.Shell;

/// <summary>Standard output could not be written to, for example because it is a file on a full disk.</summary>
internal sealed class StandardOutputException(IOException reason)
    : EvokeException($"standard output cannot be written to ({reason.Message}). Files that were already written are complete.", reason)
{
    public override bool EndsRun => true;
}

/// <summary>Passes text on, and says in its errors that it was standard output that failed.</summary>
/// <param name="inner">Standard output.</param>
internal sealed class StandardOutput(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Guarded(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Guarded(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Guarded(() => inner.Write(value));

    public override void Flush() => Guarded(inner.Flush);

    private static void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (IOException error)
        {
            throw new StandardOutputException(error);
        }
    }
}
