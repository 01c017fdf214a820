using System.Text;
using Evoke.Files.Text;

namespace Evoke.Cli.Shell;

/// <summary>Writes text with everything that would control a terminal escaped: file names, CSV headers and messages come from outside.</summary>
internal sealed class ShownWriter : TextWriter
{
    private readonly TextWriter _inner;

    public ShownWriter(TextWriter inner)
    {
        _inner = inner;
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => _inner.Encoding;

    public override void Write(char value)
    {
        if (ShownText.IsControl(value))
        {
            _inner.Write(ShownText.Escape(value.ToString()));
        }
        else
        {
            _inner.Write(value);
        }
    }

    public override void Write(char[] buffer, int index, int count) => _inner.Write(ShownText.Escape(new string(buffer, index, count)));

    public override void Write(ReadOnlySpan<char> buffer) => _inner.Write(ShownText.Escape(buffer.ToString()));

    public override void Write(string? value) => _inner.Write(value is null ? null : ShownText.Escape(value));

    public override void WriteLine(string? value) => Write(value + "\n"); // at once, so that lines of several threads stay whole

    public override void Flush() => _inner.Flush();
}
