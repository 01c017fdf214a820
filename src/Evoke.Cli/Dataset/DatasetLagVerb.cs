using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Experiments.Lags;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset lag</c>.</summary>
internal sealed class DatasetLagVerb : Verb
{
    private readonly PathOption<string> _labels = new("--labels", PathRole.InputFile)
    {
        Description = "Labels of training videos, a CSV file in EEV's format.",
        HelpName = "CSV",
        Required = true,
    };

    private readonly FeatureOptions _features = new();

    private readonly Option<double> _most = NumberOptions.Number("--most", "The largest lag to try, in seconds.", "S", usual: 6, least: 0.1, most: 60);

    private readonly Option<double> _step = NumberOptions.Number("--step", "The distance between lags, in seconds.", "S", usual: 0.5, least: 0.05, most: 10);

    private readonly Option<int> _folds = NumberOptions.Whole("--folds", "Number of folds.", "K", usual: 5, least: 2, most: 1000);
    private readonly GroupOptions _groups = new();
    private readonly Option<int> _seed = NumberOptions.Whole("--seed", "The seed of the folds.", "N", usual: 1, least: 0, most: int.MaxValue);
    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetLagVerb()
        : base(
            "lag",
            "Finds how late people answered: the lag with which a ridge on the features predicts labels best, in cross-validation.",
            "evoke dataset lag --labels train.csv --features features --most 6 --step 0.5")
    {
        Add(_labels);
        _features.AddRequiredTo(this);
        Add(_most);
        Add(_step);
        Add(_folds);
        _groups.AddTo(this);
        Add(_seed);
        Add(_json);
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        LagReport report = ProgressDisplay.Show(context.Terminal, board =>
        {
            LagSearchOptions options = new()
            {
                Most = context.GetRequired(_most),
                Step = context.GetRequired(_step),
                Folds = context.GetRequired(_folds),
                Groups = _groups.Of(context),
                Seed = context.GetRequired(_seed),
            };
            using IFeatureSource features = _features.Require(context).Open(options.Rate);
            using IProgressLine line = board.Start("lag", "lags", options.Lags.Length);
            return LagSearch.Run(
                LabelSet.Read(context.GetRequired(_labels)), features, options, new CountDisplay(line), context.CancellationToken);
        });
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(report);
            return Task.FromResult(ExitCode.Done);
        }

        context.Terminal.Out.WriteLine($"{"lag, s",8}{"Pearson",10}");
        foreach (LagScore lag in report.Lags)
        {
            context.Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{lag.Seconds,8:0.##}{lag.Pearson,10:F4}{(lag.Seconds == report.Best ? "  best" : "")}"));
        }

        context.Terminal.Out.WriteLine(LagText.Of(report));
        return Task.FromResult(ExitCode.Done);
    }
}
