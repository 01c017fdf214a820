using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Evoke.Files.Text;

namespace Evoke.Experiments.Paper;

/// <summary>The result of the final submission.</summary>
internal sealed record FinalResult
{
    /// <summary>Names of the candidate runs.</summary>
    public required ImmutableArray<string> Candidates { get; init; }

    /// <summary>Names of the runs that became members, best first.</summary>
    public required ImmutableArray<string> Members { get; init; }

    /// <summary>Pearson on the validation videos.</summary>
    public required double Validation { get; init; }

    /// <summary>Pearson on the test videos; null if their labels are not known.</summary>
    public double? Test { get; init; }

    /// <summary>How many test videos had no features and got zeros; null if no submission was written.</summary>
    public int? MissingFromSubmission { get; init; }

    /// <summary>False if a list is missing or has a gap, as in a damaged file.</summary>
    [JsonIgnore]
    public bool IsWhole => !Candidates.IsDefault && !Members.IsDefault && Members.All(member => member is not null);

    /// <summary>Notes for the reader.</summary>
    public IEnumerable<string> Notes()
    {
        yield return $"The ensemble is the mean of: {string.Join(", ", Members)}. "
            + "The merged model was trained on the validation videos, so the ensemble's validation score is optimistic.";
        if (MissingFromSubmission is { } missing)
        {
            yield return FormattableString.Invariant(
                $"submission.csv has one row for each row of test.csv{(missing > 0 ? $"; {Quantity.Of(missing, "video")} without features got zeros" : "")}.")
                + (Test is null ? " The test labels are not public: only the challenge could score it." : "");
        }
    }
}
