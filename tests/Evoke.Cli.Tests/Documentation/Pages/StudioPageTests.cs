using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/studio.md")]
public sealed class StudioPageTests : PageTests
{
    // Whoever runs the tests may have a Studio of their own on the usual port.
    private protected override (string Printed, string Run)[] Changes => [("evoke studio", "evoke studio --port 0")];

    private protected override async Task PrepareAsync()
    {
        Directory.CreateDirectory(Shell.File("Videos"));
        PageMaterial.WriteLabels(Shell.Folder, "train.csv", ["train"], 4);
        await base.RunAsync("evoke train --train-labels train.csv --val-labels train.csv --features features --recipe demo --out run" + PageMaterial.Quick);
    }

    /// <summary>Runs it until its page has been opened.</summary>
    private protected override async Task RunAsync(string command)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(Shell, command);
        using HttpClient client = PatientClient.To(studio.Address);
        (await client.GetStringAsync(studio.Address, TestContext.Current.CancellationToken)).ShouldContain("<title>");
        string models = await client.GetStringAsync(new Uri(studio.Address, "api/models"), TestContext.Current.CancellationToken);
        models.Contains("\"name\":\"run\"", StringComparison.Ordinal).ShouldBe(command.Contains("--models run", StringComparison.Ordinal), models);
    }
}
