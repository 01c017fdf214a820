namespace Evoke.Cli.Progress;

/// <summary>Shows nothing: for <c>--quiet</c>.</summary>
internal sealed class SilentProgressBoard : IProgressBoard
{
    public IProgressLine Start(string label, string unit, double? total = null) => new Line();

    private sealed class Line : IProgressLine
    {
        public void Report(double done, double? total = null, string? label = null)
        {
            // Nobody wants to know.
        }

        public void Skip(double done)
        {
            // Nobody wants to know.
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
