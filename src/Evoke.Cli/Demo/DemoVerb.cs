using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Predict;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Curves;
using Evoke.Heads;

namespace Evoke.Cli.Demo;

/// <summary><c>evoke demo</c>.</summary>
internal sealed class DemoVerb : Verb
{
    private readonly Option<string> _out = new("--out") { Description = "Folder of the film and the results.", HelpName = "DIR", DefaultValueFactory = _ => "demo" };

    public DemoVerb()
        : base("demo", "Makes a film of one minute, predicts it and shows what comes out.") =>
        Add(_out);

    protected override async Task<int> RunAsync(VerbContext context)
    {
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
        output.WriteLine("Then try a film of your own: ./evoke predict FILM --html");
        return ExitCode.Done;
    }
}
