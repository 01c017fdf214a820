using System.Globalization;
using Evoke.Curves;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Datasets.Sets;
using Evoke.Files;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Heads.Networks;
using Evoke.Training.Epochs;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evoke.Training.Members;

/// <summary>Trains an ensemble over kinds of heads and folds of the training videos, and writes it as one model file.</summary>
internal sealed class EnsembleRun(Recipe recipe, VideoSet train, VideoSet validation, RunFolder folder, TrainerOptions options)
{
    private readonly ILogger _log = options.Logger ?? NullLogger.Instance;

    /// <summary>The recipes that are trained for each fold, with their names.</summary>
    public static IEnumerable<(string Name, Recipe Recipe)> MembersOf(Recipe recipe)
    {
        foreach (string kind in recipe.Ensemble.Heads)
        {
            int seeds = recipe.MemberOf(kind, 0).IsSolved ? 1 : recipe.Ensemble.Seeds;
            for (int seed = 0; seed < seeds; seed++)
            {
                yield return (seeds == 1 ? kind : string.Create(CultureInfo.InvariantCulture, $"{kind}-seed-{seed + 1}"), recipe.MemberOf(kind, seed));
            }
        }
    }

    /// <summary>Trains the members and writes the ensemble, its scores and its reports.</summary>
    public RunFinished Train(IProgress<TrainingEvent>? progress, CancellationToken cancellationToken, CancellationToken untilCheckpoint)
    {
        WritableFolder.Create(folder.Path);
        using FileLock held = FileLock.TryTake(folder.Lock) ?? throw new RunFolderException($"{folder.Path} cannot be used: another run is under way there.");
        (string[] members, string[] reasons) = TrainMembers(progress, cancellationToken, untilCheckpoint);
        RunSetup plan = new(recipe, train, validation, folder, options with { EpochChoice = reasons });
        (long parameters, ValidationScores scores) = Join(members, cancellationToken);
        _log.MembersJoined(folder.Path, members.Length, scores.All.Pearson);
        RunState state = new()
        {
            Origin = RunOrigin.Of(plan),
            Epoch = plan.LastEpoch,
            BestEpoch = plan.LastEpoch,
            BestScores = scores.ByName,
            BestVideos = scores.VideosBestFirst,
            LastPearson = scores.All.Pearson,
            Metrics = [MetricsFile.RowOf(train.Labels.Scheme, plan.LastEpoch, 0, 0, scores)],
        };
        RunFiles.WriteRecipe(plan, state);
        RunFiles.WriteReport(plan, state, parameters);
        (RunSummary.Of(plan, state) with { Members = [.. members] }).Write(folder);
        RunFinished finished = new(state.Epoch, false, state.BestEpoch, state.BestScores, 0);
        progress?.Report(finished);
        return finished;
    }

    // The model files, relative to the folder, and how the numbers of epochs were chosen.
    private (string[] Members, string[] Reasons) TrainMembers(
        IProgress<TrainingEvent>? progress, CancellationToken cancellationToken, CancellationToken untilCheckpoint)
    {
        List<string> files = [], reasons = [];
        int all = RecipeRun.EpochsOf(recipe, train.Videos.Count), before = 0;
        foreach ((string name, Recipe member) in MembersOf(recipe))
        {
            MemberFolds folds = new(member, name, train, folder, options);
            folds.Train(new MemberProgress(progress, before, member.Train.Epochs, all).Show, cancellationToken, untilCheckpoint);
            before += folds.Epochs;
            bool isChosen = recipe.Train.EpochsByFolds && !member.IsSolved;
            files.AddRange(folds.ModelsAfter(isChosen ? folds.BestEpochs : member.Train.Epochs));
            if (isChosen)
            {
                reasons.Add(folds.Reason);
                _log.EpochsChosen(folds.Reason);
                progress?.Report(new EpochsChosen(folds.Reason));
            }
        }

        return ([.. files], [.. reasons]);
    }

    // Writes the model file and scores it.
    private (long Parameters, ValidationScores Scores) Join(string[] members, CancellationToken cancellationToken)
    {
        List<ModelFile> files = [];
        long parameters = 0;
        try
        {
            foreach (string member in members)
            {
                files.Add(ModelFile.Open(Path.Combine(folder.Path, member), recipe.Catalog.ModelHeads));
                using ReactionHead head = files[^1].CreateHead();
                parameters += head.ParameterCount;
            }

            ModelFile.WriteEnsemble(folder.Best, files);
            ModelFile.WriteEnsemble(folder.Last, files);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }

        using HeadModel model = HeadModel.Load(folder.Best, new HeadModelOptions { Heads = recipe.Catalog.ModelHeads });
        DatasetScores all = new(validation.Labels.Scheme, RowProtocol.All), detected = new(validation.Labels.Scheme, RowProtocol.FaceDetected);
        foreach (TrainingVideo video in validation.Videos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            EmotionCurves labels = video.Labels.Curves;
            EmotionCurves predicted = SparseToDense.Interpolate(model.Predict(validation.Features.Read(video.Id)).Mean, labels.Grid);
            all.Add(video.Id, labels, predicted);
            detected.Add(video.Id, labels, predicted);
        }

        return (parameters, new ValidationScores(all, detected));
    }
}
