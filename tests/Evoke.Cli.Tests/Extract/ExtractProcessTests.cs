using System.Diagnostics;
using Evoke.Cli.Shell;
using Evoke.Testing;
using static Evoke.Cli.Tests.EvokeProcess;

namespace Evoke.Cli.Tests.Extract;

/// <summary>The built program, interrupted as a terminal does it.</summary>
public sealed class ExtractProcessTests : IDisposable
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    private string Clips => _folder.File("clips");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CtrlCLeavesWholeFilesAloneAndTheNextRunGoesOn()
    {
        Directory.CreateDirectory(Clips);
        File.Copy(await Films.ShortAsync(), Path.Combine(Clips, "a.mp4"));
        File.Copy(await Films.LongAsync(), Path.Combine(Clips, "b.mp4"));
        string done = Path.Combine(Out, "a.safetensors");
        using Process evoke = StartInGroupInRealTime("extract", Clips, "--out", Out);
        await UntilAsync(() => File.Exists(done) && Children(evoke.Id).Any(child => child.Name == "ffmpeg"));

        await SignalAsync("-INT", -evoke.Id);
        string said = await evoke.StandardError.ReadToEndAsync(None);
        await evoke.WaitForExitAsync(None);

        evoke.ExitCode.ShouldBe(ExitCode.Interrupted, said);
        Directory.GetFileSystemEntries(Out).ShouldBe([done]);
        byte[] whole = await File.ReadAllBytesAsync(done, None);
        File.Copy(await Films.ShortAsync(), Path.Combine(Clips, "b.mp4"), overwrite: true);
        CommandResult next = await CommandResult.OfAsync("extract", Clips, "--out", Out);
        next.ExitCode.ShouldBe(ExitCode.Done, next.Error);
        next.Out.ShouldContain("1 extracted, 1 already there, 0 failed");
        (await File.ReadAllBytesAsync(done, None)).ShouldBe(whole);
    }
}
