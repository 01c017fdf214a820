using CliWrap;
using CliWrap.Buffered;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Faults;

/// <summary>Standard output on a full disk: what was done is done, and the message says what failed.</summary>
public sealed class StandardOutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ThatCannotBeWrittenToIsSaidAndTheFilesAreThere()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");
        string film = await Films.ShortAsync();

        BufferedCommandResult result = await CliWrap.Cli.Wrap("sh")
            .WithArguments(["-c", "exec dotnet \"$0\" \"$@\" > /dev/full", CommandResult.Program, "predict", film, "--out", _folder.Path])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        result.StandardError.ShouldContain("evoke: standard output cannot be written to (No space left on device");
        Directory.GetFiles(_folder.Path, "*.csv").ShouldHaveSingleItem();
    }
}
