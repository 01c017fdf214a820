using System.CommandLine;
using Evoke.Cli.Shell;

namespace Evoke.Cli.Tests.CommandLine;

/// <summary>An unknown option is an error, never a video of that name.</summary>
public sealed class UnknownOptionTests
{
    public static TheoryData<string> Commands => AllVerbs.Commands;

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task AMisspeltOptionOfAnyVerbIsNamedWithTheOneThatWasMeant(string words)
    {
        foreach (Option option in AllVerbs.Find(words).Options)
        {
            string misspelt = option.Name.Insert(2, "x");

            CommandResult result = await CommandResult.OfAsync([.. AllVerbs.Split(words), misspelt, "value"]);

            result.ExitCode.ShouldBe(ExitCode.WrongUse);
            result.Error.ShouldContain($"has no option {misspelt}; did you mean {option.Name}?");
            result.Error.ShouldContain($"See 'evoke {words} --help'.");
            result.Out.ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void AnOptionThatIsLikeNoneIsRefusedToo(string words)
    {
        foreach (string unknown in new[] { "--zzzzzzzzzzzz", "-Z", "--zzzzzzzzzzzz=1", "-Z:1" })
        {
            EvokeCommandLine.Parse([.. AllVerbs.Split(words), unknown]).Mistakes.Single().ShouldContain($"has no option {unknown.Split('=', ':')[0]}; ");
            EvokeCommandLine.Parse([.. AllVerbs.Split(words), unknown, "--help"]).Mistakes.ShouldNotBeEmpty("also beside --help");
        }
    }

    [Theory]
    [InlineData("predict --visaul swin-l a.mp4", "did you mean --visual?")]
    [InlineData("predict a.mp4 --out --visaul", "did you mean --visual?")]
    [InlineData("predict -a.mp4", "write './-a.mp4' or put '--' before it if it is a file")]
    [InlineData("predict -1", "write './-1'")]
    [InlineData("--visual x predict a.mp4", "--visual")]
    [InlineData("predct a.mp4", "there is no command 'predct'; did you mean predict?")]
    [InlineData("models pul swin-l", "there is no command 'pul'; did you mean pull?")]
    [InlineData("model", "did you mean models?")]
    [InlineData("xyzzyxyzzy", "the commands are: predict, rank")]
    public async Task WhatWasMeantIsSaid(string line, string said)
    {
        CommandResult result = await CommandResult.OfAsync(line.Split(' '));

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
    }

    [Theory]
    [InlineData("predict -- --visaul -a.mp4")]
    [InlineData("predict --rate=2 --out:x a.mp4")]
    [InlineData("plan m.csv --seed -1")]
    [InlineData("studio --token=-secret")]
    [InlineData("predict @a.mp4 - [b].mp4")]
    [InlineData("--quiet predict a.mp4")]
    [InlineData("predict a.mp4 -v")]
    public void WhatLooksLikeAnOptionAndIsNoneIsTaken(string line) => EvokeCommandLine.Parse(line.Split(' ')).Mistakes.ShouldBeEmpty();

    [Fact]
    public async Task AfterTwoDashesAnythingIsAVideo()
    {
        CommandResult result = await CommandResult.OfAsync("predict", "--", "--visaul");

        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        result.Error.ShouldContain("'--visaul': there is no such file");
    }
}
