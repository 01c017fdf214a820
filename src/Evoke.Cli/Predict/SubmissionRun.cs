using Evoke.Cli.Progress;
using Evoke.Datasets.Sources;
using Evoke.Heads;
using Evoke.Heads.Models;
using Evoke.Heads.Reactions;
using Evoke.Training.Evaluation;

namespace Evoke.Cli.Predict;

/// <summary>Writes the challenge's submission. Apart from <see cref="PredictVerb"/>, so that ordinary predictions load nothing of training.</summary>
internal static class SubmissionRun
{
    private const int NamesInMessages = 5;

    /// <summary>Predicts every row of a test file from features.</summary>
    /// <returns><see cref="ExitCode.SomeFailed"/> if videos had no features and got zeros.</returns>
    public static async Task<int> RunAsync(VerbContext context, string testCsv, FeatureLocation location, string modelName, HeadModelOptions head, string path, bool json)
    {
        SubmissionReport report = await ProgressDisplay.ShowAsync(
            context.Terminal, board => Task.Run(() => Write(context, testCsv, location, modelName, head, path, board), CancellationToken.None)).ConfigureAwait(false);
        foreach (string note in report.Notes)
        {
            context.Log(note);
        }

        IReadOnlyList<string> missing = report.MissingVideos;
        if (missing.Count > 0)
        {
            string names = string.Join(", ", missing.Take(NamesInMessages)) + (missing.Count > NamesInMessages ? ", …" : "");
            context.Log($"{missing.Count} videos have no features, and got zeros: {names}");
        }

        if (json)
        {
            context.Terminal.WriteJson(new { Submission = Path.GetFullPath(path), MissingVideos = missing });
        }
        else
        {
            context.Terminal.Out.WriteLine($"{path}: {(missing.Count == 0 ? "every video predicted" : $"zeros for {missing.Count} videos")}");
        }

        return missing.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static SubmissionReport Write(
        VerbContext context, string testCsv, FeatureLocation location, string modelName, HeadModelOptions head, string path, IProgressBoard board)
    {
        using IReactionModel model = ReactionModels.Load(modelName, head);
        using IFeatureSource features = location.Open(model.Rate);
        using IProgressLine line = board.Start(model.Name, "videos");
        return Submission.Write(testCsv, model, features, path, done => line.Report(done), context.CancellationToken);
    }
}
