using System.Collections.Immutable;
using Evoke.Files.Text;

namespace Evoke.Experiments.Paper;

/// <summary>The paper's tables next to those measured on a data set.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReproductionReport
{
    /// <summary>The data set's folder.</summary>
    public required string Data { get; init; }

    /// <summary>The encoders of its features: "swin-l + vggish".</summary>
    public required string Encoders { get; init; }

    /// <summary>The size of networks and training.</summary>
    public required ReproductionScale Scale { get; init; }

    /// <summary>Seeds per run.</summary>
    public required int Seeds { get; init; }

    /// <summary>Videos with labels and features that were trained on.</summary>
    public required int TrainingVideos { get; init; }

    /// <summary>Videos with labels and features that were validated on.</summary>
    public required int ValidationVideos { get; init; }

    /// <summary>Videos in the training and validation labels that have no features.</summary>
    public required int MissingVideos { get; init; }

    /// <summary>Runs that the tables need.</summary>
    public required int Runs { get; init; }

    /// <summary>Number of finished runs.</summary>
    public required int DoneRuns { get; init; }

    /// <summary>Number of runs that this call trained, completely or in part.</summary>
    public required int TrainedRuns { get; init; }

    /// <summary>Runs whose loss became NaN or infinite, with the error message.</summary>
    public required ImmutableArray<string> Failures { get; init; }

    /// <summary>The tables.</summary>
    public required ImmutableArray<ReproducedTable> Tables { get; init; }

    /// <summary>What the tables were made from, one sentence each.</summary>
    public IEnumerable<string> Facts()
    {
        string leftOut = MissingVideos > 0 ? FormattableString.Invariant($", {MissingVideos} without features left out") : "";
        yield return FormattableString.Invariant(
            $"{Quantity.Of(TrainingVideos, "video")} to train on, {ValidationVideos} to validate on{leftOut}; features of {Encoders}.");
        yield return FormattableString.Invariant(
            $"{DoneRuns} of {Runs} runs done; {Seeds} {(Seeds == 1 ? "seed" : "seeds")} each: mean ± standard deviation over seeds.");
        if (Scale == ReproductionScale.Small)
        {
            yield return "Scale small: head and training are those of the recipe demo, since the paper's need thousands of videos; "
                + "rate, clips, filters and losses are the paper's. "
                + "The data set is not the paper's: compare the order of the rows, not the values.";
        }

        foreach (string failure in Failures)
        {
            yield return $"Failed: {failure}";
        }
    }
}
