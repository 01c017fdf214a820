using System.CommandLine;
using System.CommandLine.Parsing;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;

namespace Evoke.Cli.Tests.CommandLine;

/// <summary>The help texts.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Verbs => AllVerbs.Verbs;

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task EveryVerbHasExamplesThatItTakes(string words)
    {
        Verb verb = (Verb)AllVerbs.Find(words);

        CommandResult help = await CommandResult.OfAsync([.. AllVerbs.Split(words), "--help"]);

        help.ExitCode.ShouldBe(ExitCode.Done);
        verb.Examples.ShouldNotBeEmpty();
        foreach (string example in verb.Examples)
        {
            help.Out.ShouldContain(example);
            example.ShouldStartWith($"evoke {words}");
            ParsedLine parsed = EvokeCommandLine.Parse([.. CommandLineParser.SplitCommandLine(example["evoke ".Length..])]);
            parsed.Mistakes.ShouldBeEmpty(example);
            parsed.Parsed.CommandResult.Command.Name.ShouldBe(verb.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task DefaultsAreWrittenAsAPersonWritesThem(string words)
    {
        string help = (await CommandResult.OfAsync([.. AllVerbs.Split(words), "--help"])).Out;

        help.ShouldNotContain("unless given");
        help.ShouldNotContain("[default: ]");
        help.ShouldNotContain("666");
        foreach (Option option in AllVerbs.Find(words).Options.Where(option => option is { HasDefaultValue: true } and not Option<bool>))
        {
            string usual = FormattableString.Invariant($"{option.GetDefaultValue()}");
            help.ShouldContain($"[default: {usual}]");
            usual.ShouldNotMatch("[A-Z]", option.Name);
            EvokeCommandLine.Parse([.. AllVerbs.Split(words), option.Name, usual]).Mistakes.ShouldNotContain(
                mistake => mistake.Contains($"found '{usual}'", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("train", "--audio-rate <HZ>", "[default: 1/0.96]")]
    [InlineData("ensemble", "--weights <mean|fitted>", "[default: mean]")]
    [InlineData("train", "--grace <SECONDS>", "[default: 25]")]
    [InlineData("plan", "--nodes <N,N>", "[default: 1,4,16,64]")]
    [InlineData("plan", "--stragglers <SHARE>", "[default: 0.05]")]
    [InlineData("reproduce", "--tables <N,N>", "[default: 1,2,3,4]")]
    [InlineData("reproduce", "--scale <auto|paper|small>", "[default: auto]")]
    public async Task ADefaultStandsWithItsOption(string verb, string option, string usual) =>
        (await CommandResult.OfAsync(verb, "--help")).Out.Split('\n').Single(line => line.Contains(option, StringComparison.Ordinal)).ShouldContain(usual);

    [Theory]
    [InlineData("ensemble r --out x --weights Mean", "--weights takes mean or fitted; found 'Mean'.")]
    [InlineData("reproduce --data d --scale huge", "--scale takes auto, paper or small; found 'huge'.")]
    [InlineData("features export d --modality both --out x", "--modality takes visual or audio; found 'both'.")]
    [InlineData("ensemble r --out x --top many", "--top takes a whole number from 1 up; found 'many'.")]
    [InlineData("studio --port 70000", "--port takes a whole number from 0 to 65535; found '70000'.")]
    [InlineData("studio --quota lots", "--quota takes a number from 0 to 1000000000; found 'lots'.")]
    [InlineData("models import-head f --out x --emotions joy,joy", "--emotions takes different names")]
    public void AWrongValueIsNamedWithWhatIsExpected(string line, string said) => EvokeCommandLine.Parse(line.Split(' ')).Mistakes.Single().ShouldContain(said);
}
