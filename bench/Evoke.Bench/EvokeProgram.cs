namespace Evoke.Bench;

/// <summary>The command-line program: of the same build, or where the environment variable <c>EVOKE_BENCH_PROGRAM</c> says.</summary>
internal static class EvokeProgram
{
    /// <summary>Where it is: from bench/Evoke.Bench/bin/… to src/Evoke.Cli/bin/…. Run it with <c>dotnet</c>.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("EVOKE_BENCH_PROGRAM") ?? System.IO.Path.Combine(
        AppContext.BaseDirectory.Replace(
            System.IO.Path.Combine("bench", "Evoke.Bench", "bin"), System.IO.Path.Combine("src", "Evoke.Cli", "bin"), StringComparison.Ordinal),
        "Evoke.Cli.dll");
}
