using Evoke.Cli.Shell;

namespace Evoke.Cli.Tests;

public sealed class WrongUseTests
{
    [Fact]
    public async Task WithoutArgumentsTheVerbsAreListed()
    {
        CommandResult result = await CommandResult.OfAsync();

        result.ExitCode.ShouldBe(ExitCode.Done);
        result.Out.ShouldContain("evoke [command] [options]");
        result.Out.ShouldContain("doctor");
        result.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("doctr", "doctr")]
    [InlineData("doctor --loud", "--loud")]
    public async Task WhatIsNotKnownIsNamedOnStandardErrorAlone(string line, string named)
    {
        CommandResult result = await CommandResult.OfAsync(line.Split(' '));

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(named);
        result.Error.ShouldContain("--help");
        result.Out.ShouldBeEmpty();
    }
}
