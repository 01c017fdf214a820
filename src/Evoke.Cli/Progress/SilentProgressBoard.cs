namespace Evoke.Cli.Progress;

/// <summary>Shows nothing: for <c>--quiet</c>.</summary>
internal sealed class SilentProgressBoard : IProgressBoard
{
    public IProgressLine Start(string label, string unit, double? total = null) => new Line();

    private sealed class Line : IProgressLine
    {
        public void Report(double done, double? total = null, string? label = null)
        {
            // Nothing is shown.
        }

        public void Skip(double done)
        {
            // Nothing is shown.
        }

        public void Dispose()
        {
            // Nothing to release.
        }
    }
}
