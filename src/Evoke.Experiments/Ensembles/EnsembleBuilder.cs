using System.Diagnostics;
using Evoke.Curves;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Files;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Training.Evaluation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evoke.Experiments.Ensembles;

/// <summary>Combines the best of several models in one file and reports the gain.</summary>
/// <remarks>Thread-safe; of several writers of one file the last one wins.</remarks>
public static class EnsembleBuilder
{
    /// <summary>Builds an ensemble from runs or model files.</summary>
    /// <param name="runsOrFiles">Folders of training runs, or model files; see <see cref="EnsembleCandidate.Of(string, Heads.Networks.HeadCatalog?)"/>.</param>
    /// <param name="validation">The labels to score on, and to fit weights on.</param>
    /// <param name="features">The features of those videos.</param>
    /// <param name="path">The file to write, whole or not at all.</param>
    /// <param name="options">The options; null for the paper's mean of 8.</param>
    /// <param name="progress">Gets the number of videos done after each.</param>
    /// <param name="cancellationToken">Cancels the work; nothing is written.</param>
    /// <exception cref="EnsembleException">Models cannot be chosen, or weights cannot be fitted.</exception>
    /// <exception cref="EnsembleMismatchException">The models do not match.</exception>
    /// <exception cref="DatasetException">The labels have other emotions, or no video has features.</exception>
    /// <exception cref="EvokeException">A file cannot be read or written, or features do not fit the models.</exception>
    public static EnsembleReport Build(
        IEnumerable<string> runsOrFiles,
        LabelSet validation,
        IFeatureSource features,
        string path,
        EnsembleOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default) =>
        Build(EnsembleCandidate.Of(runsOrFiles, options?.Head.Heads), validation, features, path, options, progress, cancellationToken);

    /// <summary>Builds an ensemble from candidates that have been read before.</summary>
    /// <inheritdoc cref="Build(IEnumerable{string}, LabelSet, IFeatureSource, string, EnsembleOptions?, IProgress{int}?, CancellationToken)"/>
    public static EnsembleReport Build(
        IReadOnlyList<EnsembleCandidate> candidates,
        LabelSet validation,
        IFeatureSource features,
        string path,
        EnsembleOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(features);
        options ??= new();
        ILogger log = options.Logger ?? NullLogger.Instance;
        long began = Stopwatch.GetTimestamp();
        IReadOnlyList<EnsembleCandidate> chosen = EnsembleCandidate.Best(candidates, options.Top);
        validation = validation.Earlier(EnsembleCandidate.CommonLag(chosen));
        if (options.Weighting == EnsembleWeighting.Fitted && chosen.FirstOrDefault(candidate => candidate.SawValidation) is { } learnt)
        {
            throw new EnsembleException(
                $"{learnt.Name} was trained on the validation videos too: weights fitted on them would reward memorisation. "
                + "Leave it out, or use the mean.");
        }

        if (Directory.Exists(path))
        {
            throw new EnsembleException($"{path} is a folder; an ensemble is a single file: give its name.");
        }

        using OpenModels models = OpenModels.Open(chosen, path, options.Head);
        Evaluator.ThrowIfOtherEmotions(validation, models.Loaded[0]);
        log.EnsembleStarted(path, chosen.Count, candidates.Count, validation.Videos.Count);
        MemberCurves curves = MemberCurves.Predict(models.Loaded, validation, features, log, progress, cancellationToken);
        FittedShares? fitted = options.Weighting == EnsembleWeighting.Fitted ? FittedShares.Fit(curves.Moments()) : null;
        float[]? weights = fitted is null ? null : [.. fitted.Shares.SelectMany(shares => shares).Select(share => (float)share)];
        cancellationToken.ThrowIfCancellationRequested();
        ModelFile.WriteEnsemble(path, models.Files, weights);
        EnsembleReport report = Report(candidates, chosen, curves, fitted, weights, validation.Scheme, path, options);
        log.EnsembleWritten(path, Stopwatch.GetElapsedTime(began).TotalSeconds, report.Score.Pearson, report.Gain);
        if (report.Gain < 0)
        {
            log.EnsembleWorse(path, report.BestMember.Name);
        }

        return report;
    }

    private static EnsembleReport Report(
        IReadOnlyList<EnsembleCandidate> candidates,
        IReadOnlyList<EnsembleCandidate> chosen,
        MemberCurves curves,
        FittedShares? fitted,
        float[]? weights,
        EmotionScheme scheme,
        string path,
        EnsembleOptions options)
    {
        EvaluationReport[] alone = [.. chosen.Select((_, i) => curves.ScoreOf(i))];
        EvaluationReport together = curves.ScoreOf(weights);
        EnsembleMember[] members = [.. chosen.Select((candidate, i) => Member(candidate, alone[i], SharesOf(fitted, i, scheme)))];
        int best = Enumerable.Range(0, members.Length).MaxBy(i => members[i].Pearson);
        return new()
        {
            Path = path,
            Weighting = options.Weighting,
            Members = members,
            LeftOut = [.. EnsembleCandidate.Best(candidates, candidates.Count).Except(chosen)],
            Score = together,
            BestMember = members[best],
            Gain = together.Pearson - alone[best].Pearson,
            GainInterval = together.GainIntervalOver(alone[best]),
            CrossValidatedPearson = fitted?.CrossValidatedPearson,
            Shrinkage = fitted?.Shrinkage,
        };
    }

    private static EnsembleMember Member(EnsembleCandidate candidate, EvaluationReport alone, IReadOnlyDictionary<string, double>? shares) =>
        new(candidate.Name, candidate.Pearson, alone.Pearson, alone.PearsonDetectedOnly, alone.Ccc, candidate.SawValidation, shares);

    private static Dictionary<string, double>? SharesOf(FittedShares? fitted, int member, EmotionScheme scheme) =>
        fitted is null
            ? null
            : scheme.Names.Select((name, emotion) => (name, fitted.Shares[member][emotion])).ToDictionary(pair => pair.name, pair => pair.Item2);

    /// <summary>The chosen models, opened twice: as networks and as files to copy from.</summary>
    private sealed class OpenModels : IDisposable
    {
        public List<ModelFile> Files { get; } = [];

        public List<HeadModel> Loaded { get; } = [];

        public static OpenModels Open(IReadOnlyList<EnsembleCandidate> chosen, string path, HeadModelOptions options)
        {
            OpenModels models = new();
            try
            {
                models.Files.AddRange(chosen.Select(candidate => ModelFile.Open(candidate.ModelPath, options.Heads)));
                // Checked before hours of predictions.
                ModelFile.ThrowIfNoEnsemble(path, models.Files);
                models.Loaded.AddRange(chosen.Select(candidate => HeadModel.Load(candidate.ModelPath, options)));
                return models;
            }
            catch
            {
                models.Dispose();
                throw;
            }
        }

        public void Dispose()
        {
            Loaded.ForEach(model => model.Dispose());
            Files.ForEach(file => file.Dispose());
        }
    }
}
