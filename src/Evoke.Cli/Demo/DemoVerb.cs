using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Predict;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Curves.Csv;
using Evoke.Datasets.Demo;
using Evoke.Experiments.Demonstration;
using Evoke.Heads;

namespace Evoke.Cli.Demo;

/// <summary><c>evoke demo</c>.</summary>
internal sealed class DemoVerb : Verb
{
    private readonly Option<string> _out = new("--out") { Description = "Folder of the film and the results.", HelpName = "DIR", DefaultValueFactory = _ => "demo" };

    private readonly Option<int> _films = new("--films")
    {
        Description = "How many films to make for learning, 3 or more; 0 to leave learning out.",
        HelpName = "N",
        DefaultValueFactory = _ => 60,
    };

    private readonly Option<int> _seconds = new("--seconds") { Description = "Length of each of these films, 10 or more.", HelpName = "S", DefaultValueFactory = _ => 60 };

    public DemoVerb()
        : base("demo", "Makes a film of one minute, predicts it and shows what comes out; then trains a small head on films that it makes, and scores it on others.")
    {
        Add(_out);
        Add(_films);
        Add(_seconds);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        int films = context.Get(_films);
        if ((films != 0 && films < DemoDatasetOptions.LeastVideos) || context.Get(_seconds) < DemoDatasetOptions.LeastSeconds)
        {
            throw new WrongUseException($"--films takes 0 or a number from {DemoDatasetOptions.LeastVideos}, --seconds one from {DemoDatasetOptions.LeastSeconds}.");
        }

        string folder = context.GetRequired(_out);
        string film = Path.Combine(folder, "film.mp4");
        TextWriter output = context.Terminal.Out;
        Directory.CreateDirectory(folder);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Making a film of {DemoFilm.Film.Seconds:0} seconds from nothing: {film}"));
        await DemoFilm.Film.WriteAsync(film, cancellationToken: context.CancellationToken).ConfigureAwait(false);

        output.WriteLine("Predicting what it makes its viewers feel …");
        using Predictor predictor = Predictor.Load("affect");
        PredictionRun run = new(predictor, context.Terminal) { Folder = folder, Formats = new PredictionFormats(Json: true, Vtt: true, Html: true) };
        PredictionReport report = await ProgressDisplay.ShowAsync(
            context.Terminal, board => run.RunAsync([new NamedVideo(film, "film")], board, context.CancellationToken)).ConfigureAwait(false);
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

        output.WriteLine("Then try a film of your own: ./evoke predict FILM --html");
        return ExitCode.Done;
    }

    private DemoLearning Learning(VerbContext context, string folder) =>
        new(Path.Combine(folder, "learning"), new DemoDatasetOptions { Videos = context.GetRequired(_films), Seconds = context.GetRequired(_seconds) });
}
