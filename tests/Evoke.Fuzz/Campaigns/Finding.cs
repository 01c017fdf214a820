namespace Evoke.Fuzz.Campaigns;

/// <summary>An input that ended in something that the reader does not document.</summary>
/// <param name="Reader">The reader's name.</param>
/// <param name="Input">The input's number.</param>
/// <param name="What">What happened; the same for inputs that fail in the same place.</param>
/// <param name="File">The input, kept.</param>
internal sealed record Finding(string Reader, int Input, string What, string File)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Reader}, input {Input}: {What}; kept as {File}";
}

/// <summary>The result of a campaign against one reader.</summary>
/// <param name="Reader">The reader's name.</param>
/// <param name="Inputs">How many inputs it read.</param>
/// <param name="Accepted">How many of them it accepted.</param>
/// <param name="Seconds">Processor time of the slowest input, in seconds.</param>
/// <param name="Megabytes">Largest memory of a process that read the inputs, in MiB.</param>
/// <param name="Findings">One for each kind of failure, with the number of inputs that failed so.</param>
internal sealed record CampaignResult(
    string Reader, int Inputs, int Accepted, double Seconds, long Megabytes, IReadOnlyList<(Finding First, int Count)> Findings);
