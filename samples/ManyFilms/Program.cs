using Evoke.Curves.Csv;
using Evoke.Encoders.Extraction;
using Evoke.Files;
using Evoke.Heads;
using Evoke.Heads.Reactions;
using Microsoft.Extensions.Logging;

// Many films with one model, a film from a pipe, and films in parallel.
// Usage: dotnet run --project samples/ManyFilms -- FOLDER OUT | - OUT | parallel FOLDER OUT

string output = Directory.CreateDirectory(args[^1]).FullName;
using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

if (args[0] == "-")
{
    using Predictor predictor = Predictor.Load("affect");
    using Stream input = Console.OpenStandardInput();
    Prediction prediction = await predictor.PredictAsync(input, new StreamedVideo("upload.mp4") { MostBytes = 4L << 30 }, cancellationToken: stop.Token);
    EevCsv.Write(prediction.ToDocument(), Path.Combine(output, "upload.csv"));
}
else if (args[0] == "parallel")
{
    using PredictorPool pool = PredictorPool.Load("affect", size: 2);
    await Parallel.ForEachAsync(Directory.GetFiles(args[1], "*.mp4"), stop.Token, async (film, cancellationToken) =>
    {
        using RentedPredictor rented = await pool.RentAsync(cancellationToken);
        Prediction prediction = await rented.Predictor.PredictAsync(film, cancellationToken: cancellationToken);
        EevCsv.Write(prediction.ToDocument(), Path.Combine(output, $"{prediction.VideoId}.csv"));
    });
}
else
{
    using ILoggerFactory logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
    using Predictor predictor = Predictor.Load("affect", new PredictorOptions { Logger = logging.CreateLogger("films") });
    InlineProgress<ExtractionProgress> progress = new(done => Console.Title = $"{done.SecondsDone:0} s of {done.SecondsTotal:0} s");
    await foreach (PredictedItem item in predictor.PredictAllAsync([args[0]], progress, stop.Token))
    {
        Console.WriteLine($"{item.Position} of {item.Count}: {item.Error?.Message ?? item.Video.Path}");
        if (item.Prediction is { } prediction)
        {
            EevCsv.Write(prediction.ToDocument(), Path.Combine(output, $"{prediction.VideoId}.csv"));
        }
    }
}
