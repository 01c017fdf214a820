using CliWrap;
using CliWrap.Buffered;

namespace Evoke.Studio.Tests;

/// <summary>The command-line program from the same build.</summary>
internal static class EvokeProgram
{
    // From tests/Evoke.Studio.Tests/bin/… to src/Evoke.Cli/bin/….
    private static readonly string Location = System.IO.Path.Combine(
        AppContext.BaseDirectory.Replace(
            System.IO.Path.Combine("tests", "Evoke.Studio.Tests", "bin"), System.IO.Path.Combine("src", "Evoke.Cli", "bin"), StringComparison.Ordinal),
        "Evoke.Cli.dll");

    /// <summary>Runs a command line that must succeed. The test is skipped if the tests run outside the repository.</summary>
    public static Task RunAsync(params string[] arguments) => RunInAsync(Environment.CurrentDirectory, arguments);

    /// <summary>Runs a command line in a folder.</summary>
    public static async Task RunInAsync(string folder, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Location), $"The program is not there: {Location}.");
        BufferedCommandResult result = await CliWrap.Cli.Wrap("dotnet").WithArguments([Location, .. arguments]).WithWorkingDirectory(folder)
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        result.ExitCode.ShouldBe(0, result.StandardError);
    }
}
