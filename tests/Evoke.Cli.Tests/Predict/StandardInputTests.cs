using CliWrap;
using CliWrap.Buffered;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Predict;

/// <summary><c>evoke predict -</c>.</summary>
public sealed class StandardInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFilmIsReadFromAPipeAndItsCopyIsRemoved()
    {
        CommandResult result = await PipedAsync(PipeSource.FromFile(await Films.ShortAsync()));
        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        File.ReadAllLines(_folder.File("film.csv"))[1].ShouldStartWith("stdin,0,");
        Directory.GetFiles(_folder.File("tmp"), "*", SearchOption.AllDirectories).Where(UnfinishedName).ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatIsNoFilmIsNamedAsStandardInput()
    {
        CommandResult result = await PipedAsync(PipeSource.FromString("not a film"));
        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        result.Error.ShouldContain("standard input");
        result.Error.ShouldNotContain(".tmp");
    }

    [Fact]
    public async Task StandardInputIsTheOnlyInput()
    {
        CommandResult result = await CommandResult.OfAsync("predict", "-", "film.mp4", "--out", _folder.Path);
        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain("give nothing beside it");
    }

    private static bool UnfinishedName(string path) => path.EndsWith(".tmp", StringComparison.Ordinal);

    private async Task<CommandResult> PipedAsync(PipeSource input)
    {
        Directory.CreateDirectory(_folder.File("tmp"));
        BufferedCommandResult result = await CliWrap.Cli.Wrap("dotnet")
            .WithArguments([CommandResult.Program, "predict", "-", "--out", _folder.File("film.csv")])
            .WithEnvironmentVariables(variables => variables.Set("TMPDIR", _folder.File("tmp")))
            .WithStandardInputPipe(input)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return new CommandResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }
}
