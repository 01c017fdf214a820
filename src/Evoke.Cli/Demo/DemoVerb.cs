using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Predict;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Curves.Csv;
using Evoke.Datasets.Demo;
using Evoke.Experiments.Demonstration;
using Evoke.Heads;

namespace Evoke.Cli.Demo;

/// <summary><c>evoke demo</c>.</summary>
internal sealed class DemoVerb : Verb
{
    private readonly PathOption<string> _out = new("--out", PathRole.OutputFolder)
    {
        Description = "Folder for the film and the results.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "demo",
    };

    private readonly Option<int> _films =
        NumberOptions.Whole("--films", "Number of films to generate for training, 3 or more; 0 skips training.", "N", 60, 0, int.MaxValue);

    private readonly Option<int> _seconds =
        NumberOptions.Whole("--seconds", "Duration of each of these films, 10 or more.", "S", 60, DemoDatasetOptions.LeastSeconds, int.MaxValue);

    public DemoVerb()
        : base(
            "demo",
            "Generates a one-minute film, predicts its curves and shows them; then trains a small head on generated films and scores it on others.",
            "evoke demo --films 0")
    {
        Add(_out);
        Add(_films);
        Add(_seconds);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        int films = context.Get(_films);
        if (films is > 0 and < DemoDatasetOptions.LeastVideos)
        {
            throw new WrongUseException($"--films takes 0 or a number from {DemoDatasetOptions.LeastVideos}.");
        }

        if (films == 0 && context.IsGiven(_seconds))
        {
            throw new WrongUseException("--seconds has no effect with --films 0.");
        }

        string folder = context.GetRequired(_out);
        string film = Path.Combine(folder, "film.mp4");
        TextWriter output = context.Terminal.Out;
        Directory.CreateDirectory(folder);

        context.Log(string.Create(CultureInfo.InvariantCulture, $"Generating a film of {SampleFilm.Film.Seconds:0} seconds: {film}"));
        await SampleFilm.Film.WriteAsync(film, cancellationToken: context.CancellationToken).ConfigureAwait(false);

        context.Log("Predicting its curves …");
        using Predictor predictor = Predictor.Load("affect");
        using PredictorPool predictors = new(() => predictor, size: 1);
        PredictionRun run = new(predictors, context.Terminal)
        {
            Place = PredictionPlace.In(folder),
            Formats = new PredictionFormats(Json: true, Vtt: true, Html: true),
        };
        PredictionReport report = await ProgressDisplay.ShowAsync(
            context.Terminal, board => run.RunAsync(
                PredictionInputs.Of([new NamedVideo(film, "film")]), board, context.CancellationToken)).ConfigureAwait(false);
        if (report.Predictions is not [var predicted])
        {
            return ExitCode.SomeFailed;
        }

        LabelledVideo video = EevCsv.ReadLabels(predicted.Files["csv"]).Single();
        output.WriteLine();
        PlotPrinter.Print(context.Terminal, video.Curves);
        output.WriteLine();
        output.WriteLine($"{predictor.Model.Summary}");
        output.WriteLine($"Files: {string.Join(", ", predicted.Files.Values)}");
        output.WriteLine($"Open the page in a browser: {new Uri(Path.GetFullPath(predicted.Files["html"])).AbsoluteUri}");
        if (films > 0)
        {
            await new LearningShow(context, Learning(context, folder)).RunAsync().ConfigureAwait(false);
        }

        output.WriteLine("Next, try a film of your own: ./evoke predict FILM --html");
        return ExitCode.Done;
    }

    private DemoLearning Learning(VerbContext context, string folder) =>
        new(Path.Combine(folder, "learning"), new DemoDatasetOptions { Videos = context.GetRequired(_films), Seconds = context.GetRequired(_seconds) });
}
