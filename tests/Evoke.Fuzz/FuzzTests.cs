using Evoke.Fuzz.Campaigns;
using Evoke.Fuzz.Readers;

namespace Evoke.Fuzz;

/// <summary>A few damaged inputs for each reader, always the same ones. `dotnet run --project tests/Evoke.Fuzz -- --inputs N` tries others.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 250;
    private const long Seed = 20261128;

    public static TheoryData<string> Readers => [.. FuzzedReaders.All.Select(reader => reader.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task DamageIsRefusedInWordsOfOurOwn(string name)
    {
        FuzzedReader reader = FuzzedReaders.Find(name)!;
        CampaignOptions options = new()
        {
            Inputs = Inputs / reader.Cost,
            Seed = Seed,
            Keep = Path.Combine(Path.GetTempPath(), "evoke-fuzz-findings"),
            Hang = TimeSpan.FromMinutes(5), // Not a measurement: whatever else runs here, nothing takes so long.
        };
        CampaignResult result = await new Campaign(reader, options).RunAsync(TestContext.Current.CancellationToken);
        result.Findings.Select(finding => finding.First.ToString()).ShouldBeEmpty();
        result.Accepted.ShouldBeGreaterThan(0);
    }
}
