namespace Evoke.Fuzz.Campaigns;

/// <summary>What a campaign tries.</summary>
internal sealed record CampaignOptions
{
    /// <summary>Inputs for each reader.</summary>
    public required int Inputs { get; init; }

    /// <summary>Determines the inputs, together with the reader's name.</summary>
    public required long Seed { get; init; }

    /// <summary>The folder for inputs that end in a finding.</summary>
    public required string Keep { get; init; }

    /// <summary>An input that takes longer is cut; it is a finding.</summary>
    public TimeSpan Hang { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether slow and large inputs are findings; where other work runs, time says nothing.</summary>
    public bool CountsCost { get; init; }
}
