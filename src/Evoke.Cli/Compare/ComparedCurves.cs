using System.Collections.Immutable;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Curves;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Datasets.Splits;
using Evoke.Experiments.Baselines;
using Evoke.Experiments.Comparisons;
using Evoke.Heads;
using Evoke.Heads.Models;
using Evoke.Heads.Reactions;

namespace Evoke.Cli.Compare;

/// <summary>Reads or predicts the curves that are compared.</summary>
internal sealed class ComparedCurves(LabelSet labels, ComparedSources sources, IProgressBoard board, CancellationToken cancellationToken) : IDisposable
{
    private const string Clock = "clock", Ridge = "ridge";
    private const double ValidationShare = 0.2;

    private IFeatureSource? _features;
    private Rate _rate = new(1);

    /// <summary>The curves of one of the things to compare.</summary>
    public ModelCurves Of(ComparedPath path)
    {
        if (path.IsTable)
        {
            return OfTable(path.Name, path.Table);
        }

        using IReactionModel model = ReactionModels.Load(path.Model, new HeadModelOptions { Heads = sources.Catalog.ModelHeads });
        return Predicted(path.Name, model);
    }

    /// <summary>A clock and, where there are features, a ridge, fitted to labels.</summary>
    public ImmutableArray<ModelCurves> Baselines(LabelSet train)
    {
        LabelSet shifted = train.Earlier(sources.Lag);
        using ClockModel clock = ClockModel.Fit(shifted);
        ModelCurves ofClock = Clocked(clock);
        if (sources.Features is null)
        {
            return [ofClock];
        }

        IFeatureSource features = Features(_rate);
        ImmutableArray<string> groups = VideoGroups.None.Of(shifted.Videos.Select(video => video.VideoId));
        ImmutableArray<int> parts = GroupDealing.Deal(shifted, groups, [1 - ValidationShare, ValidationShare], seed: 1);
        using RidgeModel ridge = RidgeModel.Fit(Joined(0), Joined(1), new RidgeOptions { Rate = _rate }, cancellationToken);
        return [ofClock, Predicted(Ridge, ridge)];

        VideoSet Joined(int part)
        {
            LabelSet own = shifted.Only($"{train.Name} ({(part == 0 ? "to fit" : "to choose")} the ridge)", shifted.Videos.Where((_, i) => parts[i] == part)
                .Select(video => video.VideoId));
            return VideoSet.Join(own, features, FoundModalities.Of(own, features), _rate);
        }
    }

    /// <summary>The clock and the ridge that a cross-validation has.</summary>
    public ImmutableArray<ModelCurves> BaselinesOf(IEnumerable<ComparedPath> paths)
    {
        string? folder = paths.FirstOrDefault(path => path.IsFolds)?.Path;
        return folder is null
            ? []
            : [.. new[] { Clock, Ridge }.Where(name => File.Exists(FileOf(name))).Select(name => OfTable(name, FileOf(name)))];

        string FileOf(string name) => Path.Combine(folder, $"{name}.csv");
    }

    public void Dispose() => _features?.Dispose();

    private ModelCurves OfTable(string name, string path) => ModelCurves.Of(name, labels, LabelSet.ReadPredictions(path, labels.Scheme), sources.Lag);

    private ModelCurves Predicted(string name, IReactionModel model)
    {
        _rate = model.Rate;
        IFeatureSource features = Features(model.Rate);
        using IProgressLine line = board.Start(name, "videos", labels.Videos.Count);
        return ModelCurves.Of(name, labels, model, features, new CountDisplay(line), cancellationToken);
    }

    // A clock needs no features, only lengths: those of the labels.
    private ModelCurves Clocked(ClockModel clock) => new(
        Clock, labels.Videos.ToDictionary(video => video.VideoId, video => clock.At(video.Curves.Grid), StringComparer.Ordinal));

    private IFeatureSource Features(Rate rate) => _features ??= (sources.Features
        ?? throw new WrongUseException("Models predict from features, and no folder records them: give --features DIR.")).Open(rate);
}
