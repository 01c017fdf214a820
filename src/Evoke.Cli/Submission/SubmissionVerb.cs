using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Datasets.Sources;
using Evoke.Files.Text;
using Evoke.Heads.Reactions;
using Evoke.Training.Evaluation;

namespace Evoke.Cli.Submission;

/// <summary><c>evoke submission</c>: the challenge's file.</summary>
internal sealed class SubmissionVerb : Verb
{
    private const int NamesInMessages = 5;

    private readonly PathOption<string> _testCsv = new("--test-csv", PathRole.InputFile)
    {
        Description = "Ids and timestamps to predict, in the format of EEV's test.csv.",
        HelpName = "CSV",
        Required = true,
    };

    private readonly FeatureOptions _features = new();
    private readonly ModelChoice _model = new() { Model = { Required = true } };
    private readonly PathOption<string> _out = new("--out", PathRole.OutputFile) { Description = "The CSV file to write.", HelpName = "FILE", Required = true };
    private readonly Option<bool> _json = SharedOptions.Json();

    public SubmissionVerb()
        : base(
            "submission",
            "Writes a submission to the EEV challenge: predictions from features for every row of the test file. Videos without features are "
            + "filled with zeros; the exit code is then 1.",
            "evoke submission --test-csv test.csv --features features --model ensemble.safetensors --out submission.csv")
    {
        Add(_testCsv);
        _features.AddRequiredTo(this);
        _model.AddTo(this);
        Add(_out);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        string path = context.GetRequired(_out);
        SubmissionReport report = await ProgressDisplay.ShowAsync(
            context.Terminal, board => Task.Run(() => Write(context, path, board), CancellationToken.None)).ConfigureAwait(false);
        foreach (string note in report.Notes)
        {
            context.Log(note);
        }

        IReadOnlyList<string> missing = report.MissingVideos;
        if (missing.Count > 0)
        {
            string names = string.Join(", ", missing.Take(NamesInMessages)) + (missing.Count > NamesInMessages ? ", …" : "");
            context.Fail($"{Quantity.Of(missing.Count, "video")} without features {(missing.Count == 1 ? "was" : "were")} filled with zeros: {names}");
        }

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new { Submission = Path.GetFullPath(path), MissingVideos = missing });
        }
        else
        {
            context.Terminal.Out.WriteLine($"{path}: {(missing.Count == 0 ? "every video predicted" : $"zeros for {Quantity.Of(missing.Count, "video")}")}");
        }

        return missing.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private SubmissionReport Write(VerbContext context, string path, IProgressBoard board)
    {
        using IReactionModel model = _model.Load(context);
        using IFeatureSource features = _features.Require(context).Open(model.Rate);
        using IProgressLine line = board.Start(model.Name, "videos");
        return Training.Evaluation.Submission.Write(context.GetRequired(_testCsv), model, features, path, new CountDisplay(line), context.CancellationToken);
    }
}
