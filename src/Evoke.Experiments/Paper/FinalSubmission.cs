using System.Collections.Immutable;
using System.Text.Json;
using Evoke.Datasets.Sources;
using Evoke.Experiments.Ensembles;
using Evoke.Files;
using Evoke.Heads.Models;
using Evoke.Kernels.Torch;
using Evoke.Training.Evaluation;
using Evoke.Training.Runs;

namespace Evoke.Experiments.Paper;

/// <summary>
/// The paper's final submission: the mean of the models with the best validation scores, one of which was also trained on the validation videos.
/// </summary>
internal static class FinalSubmission
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Builds the ensemble, its scores and its submission; reuses those of the same models from before.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="folder">Where ensemble.safetensors, ensemble.json and submission.csv go.</param>
    /// <param name="runs">Folders of the runs whose models may become members.</param>
    /// <param name="device">The device that networks run on.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>Null if there is no run to choose from.</returns>
    public static FinalResult? Make(ReproductionData data, string folder, IReadOnlyList<string> runs, ComputeDevice device, CancellationToken cancellationToken)
    {
        if (runs.Count == 0)
        {
            return null;
        }

        string model = Path.Combine(folder, "ensemble.safetensors"), summary = Path.Combine(folder, "ensemble.json");
        ImmutableArray<string> candidates = [.. runs.Select(run => Path.GetFileName(run))];
        if (Read(summary) is { } made && made.Candidates.SequenceEqual(candidates) && IsNewer(model, runs))
        {
            return made;
        }

        IFeatureSource features = data.With(ReproductionData.MainFeatures).Features;
        HeadModelOptions head = new() { Device = device };
        EnsembleReport report = EnsembleBuilder.Build(
            runs, data.Validation, features, model, new EnsembleOptions { Top = PaperTables.FinalMembers, Head = head }, cancellationToken: cancellationToken);
        using HeadModel ensemble = HeadModel.Load(model, head);
        FinalResult result = new()
        {
            Candidates = candidates,
            Members = [.. report.Members.Select(member => Path.GetFileName(member.Name))],
            Validation = report.Score.Pearson,
            Test = data.Test is null
                ? null
                : Evaluator.Score(data.Test, ensemble, features, missingAsZeros: true, cancellationToken: cancellationToken).Pearson,
            MissingFromSubmission = data.TestTimes is null
                ? null
                : Submission.Write(
                    data.TestTimes, ensemble, features, Path.Combine(folder, "submission.csv"), cancellationToken: cancellationToken).MissingVideos.Count,
        };
        AtomicFile.Write(summary, stream => JsonSerializer.Serialize(stream, result, s_json));
        return result;
    }

    private static bool IsNewer(string model, IReadOnlyList<string> runs) =>
        File.Exists(model) && runs.All(run => File.GetLastWriteTimeUtc(new RunFolder(run).Best) <= File.GetLastWriteTimeUtc(model));

    /// <summary>The result of an earlier run; null if there is none or it is damaged: it is then made anew.</summary>
    internal static FinalResult? Read(string path)
    {
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<FinalResult>(File.ReadAllBytes(path), s_json) is { IsWhole: true } result ? result : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
