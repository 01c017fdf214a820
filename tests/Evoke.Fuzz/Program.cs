using System.Globalization;
using Evoke.Fuzz;
using Evoke.Fuzz.Campaigns;
using Evoke.Fuzz.Readers;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Without arguments of its own this program is a test project like the others.
return args switch
{
    [Worker.Argument, var name, var seed, var first, var end, var folder] => await ReadAsync(name, seed, first, end, folder),
    [FuzzCommand.Inputs or FuzzCommand.Seed or FuzzCommand.Reader or FuzzCommand.Keep or FuzzCommand.Replay or FuzzCommand.List, ..] =>
        await FuzzCommand.Create().Parse(args).InvokeAsync(),
    _ when args.Any(arg => arg is "-automated" or "@@") => await ConsoleRunner.Run(args),
    _ => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
};

static async Task<int> ReadAsync(string name, string seed, string first, string end, string folder)
{
    await Worker.RunAsync(FuzzedReaders.Find(name)!, Number(seed), (int)Number(first), (int)Number(end), folder);
    return 0;
}

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
