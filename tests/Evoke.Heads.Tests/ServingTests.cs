using System.IO.Pipelines;
using Evoke.Curves;
using Evoke.Features;
using Evoke.Files;
using Evoke.Heads.Affect;
using Evoke.Heads.Reactions;
using Evoke.Media;
using Evoke.Testing;
using Microsoft.Extensions.Logging;

namespace Evoke.Heads.Tests;

/// <summary>Many videos, streams and pools.</summary>
public sealed class ServingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ManyVideosAreGivenOneByOneAndABadOneDoesNotEndTheRun()
    {
        string videos = Directory.CreateDirectory(_folder.File("videos")).FullName;
        await FilmAsync(Path.Combine(videos, "a.mp4"));
        await File.WriteAllTextAsync(Path.Combine(videos, "b.mp4"), "not a film", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(videos, "c"));
        File.Copy(Path.Combine(videos, "a.mp4"), Path.Combine(videos, "c", "a.mp4"));
        File.Copy(Path.Combine(videos, "a.mp4"), Path.Combine(videos, "d.mp4"));
        CollectingLogger log = new();
        using Predictor predictor = Predictor.Load("affect", new PredictorOptions { Logger = log });

        List<PredictedItem> items = [];
        await foreach (PredictedItem item in predictor.PredictAllAsync([videos], cancellationToken: TestContext.Current.CancellationToken))
        {
            items.Add(item);
        }

        items.Select(item => (item.Position, item.Count, item.Video.VideoId, item.Prediction is not null)).Order().ShouldBe(
            items.Select((item, i) => (i + 1, 4, item.Video.VideoId, item.Error is null)));
        items.Where(item => item.Prediction is not null).Select(item => item.Prediction!.VideoId).Order().ShouldBe(["a", "d"]);
        items.Single(item => item.Video.VideoId == "b").Error.ShouldBeAssignableTo<MediaException>()!.Message.ShouldContain("b.mp4");
        items.Single(item => item.Error is RepeatedVideoIdException).Error!.Message.ShouldContain("its id is that of");

        log.Names.Where(name => name is not ("EncodersLoaded" or "VideoStarted" or "VideoEncoded" or "PredictionWarning")).ShouldBe(
            ["ModelLoaded", "BatchStarted", .. items.Select(item => item.Error is null ? "VideoPredicted" : "PredictionFailed"), "BatchEnded"]);
        log.Only("EncodersLoaded").Level.ShouldBe(LogLevel.Debug);
        log.Only("ModelLoaded").Fields["Model"].ShouldBe(predictor.Model.Name);
        LoggedEvent[] failed = [.. log.Events.Where(logged => logged.Name == "PredictionFailed")];
        failed.ShouldAllBe(logged => logged.Level == LogLevel.Error && logged.Id == 2008);
        failed.Select(logged => logged.Error).ShouldBe(items.Select(item => item.Error).OfType<EvokeException>());
        failed.Select(logged => (logged.Fields["Video"], logged.Fields["Position"])).ShouldBe(
            items.Where(item => item.Error is not null).Select(item => ((object?)item.Video.Path, (object?)item.Position)));
        LoggedEvent ended = log.Only("BatchEnded");
        (ended.Fields["Predicted"], ended.Fields["Videos"], ended.Fields["Failed"]).ShouldBe((2, 4, 2));
        ended.Text.ShouldStartWith("2 of 4 videos were predicted in ");
    }

    [Fact]
    public async Task AVideoMayComeThroughAPipe()
    {
        string film = await FilmAsync(_folder.File("film.mp4"));
        Pipe pipe = new();
        CollectingLogger log = new();
        using Predictor predictor = Predictor.Load("affect", new PredictorOptions { Logger = log });
        StreamedVideo source = new("upload.mp4") { Folder = _folder.File("spool") };
        using Stream reading = pipe.Reader.AsStream();
        Task<Prediction> predicting = predictor.PredictAsync(reading, source, cancellationToken: TestContext.Current.CancellationToken);
        await pipe.Writer.WriteAsync(await File.ReadAllBytesAsync(film, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();
        Prediction streamed = await predicting;
        log.Only("VideoPredicted").Fields["Video"].ShouldBe("upload.mp4");
        log.Events.ShouldAllBe(logged => !logged.Text.Contains("spool", StringComparison.Ordinal));
        Prediction read = await predictor.PredictAsync(film, cancellationToken: TestContext.Current.CancellationToken);

        (streamed.VideoId, streamed.SourceName).ShouldBe(("upload", "upload.mp4"));
        Prediction copied = await predictor.PredictCopyAsync(
            film, source with { VideoId = "named" }, cancellationToken: TestContext.Current.CancellationToken);
        (copied.VideoId, copied.SourceName).ShouldBe(("named", "upload.mp4"));
        File.Exists(film).ShouldBeTrue("the copy is the caller's");
        streamed.Curves.Values.ToArray().ShouldBe(read.Curves.Values.ToArray());
        Directory.GetFileSystemEntries(_folder.File("spool")).ShouldBeEmpty();

        using MemoryStream damaged = new("not a film"u8.ToArray());
        EvokeException error = await Should.ThrowAsync<StreamedVideoException>(
            predictor.PredictAsync(damaged, source, cancellationToken: TestContext.Current.CancellationToken));
        error.Message.ShouldContain("upload.mp4");
        error.Message.ShouldNotContain("spool");
        Directory.GetFileSystemEntries(_folder.File("spool")).ShouldBeEmpty();
    }

    [Fact]
    public void AModelThatTakesNothingOfAVideoIsRefusedWhereThePredictorIsMade() =>
        Should.Throw<ArgumentException>(() => new Predictor(new BlindModel())).Message.ShouldContain("has neither a visual nor an audio encoder");

    [Fact]
    public async Task APoolLendsAtMostItsSizeAndTheSameOnesAgain()
    {
        int made = 0;
        using PredictorPool pool = new(
            () =>
            {
                Interlocked.Increment(ref made);
                return Predictor.Load("affect");
            },
            size: 2);
        RentedPredictor first = await pool.RentAsync(TestContext.Current.CancellationToken);
        using RentedPredictor second = await pool.RentAsync(TestContext.Current.CancellationToken);
        Task<RentedPredictor> third = pool.RentAsync(TestContext.Current.CancellationToken);
        third.IsCompleted.ShouldBeFalse("both are rented");
        using CancellationTokenSource impatient = new();
        Task<RentedPredictor> fourth = pool.RentAsync(impatient.Token);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(fourth);

        first.Dispose();
        first.Dispose();
        using RentedPredictor again = await third;
        again.Predictor.ShouldBeSameAs(first.Predictor);
        pool.RentAsync(TestContext.Current.CancellationToken).IsCompleted.ShouldBeFalse("returning twice does not count twice");
        made.ShouldBe(2);
    }

    [Fact]
    public async Task APoolMayBeDisposedWhileItsPredictorsAreRented()
    {
        string film = await FilmAsync(_folder.File("film.mp4"));
        PredictorPool pool = PredictorPool.Load("affect", size: 1);
        RentedPredictor rented = await pool.RentAsync(TestContext.Current.CancellationToken);
        Task<RentedPredictor> waiting = pool.RentAsync(TestContext.Current.CancellationToken);
        pool.Dispose();
        pool.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(waiting);
        await Should.ThrowAsync<ObjectDisposedException>(pool.RentAsync(TestContext.Current.CancellationToken));
        (await rented.Predictor.PredictAsync(film, cancellationToken: TestContext.Current.CancellationToken)).VideoId.ShouldBe("film");
        rented.Dispose();
        await Should.ThrowAsync<ObjectDisposedException>(rented.Predictor.PredictAsync(film, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task APredictorThatCannotBeMadeIsTriedAgainByTheNextCaller()
    {
        bool fails = true;
        using PredictorPool pool = new(() => fails ? throw new UnknownModelException("gone") : Predictor.Load("affect"), size: 1);
        await Should.ThrowAsync<UnknownModelException>(pool.RentAsync(TestContext.Current.CancellationToken));
        fails = false;
        using RentedPredictor rented = await pool.RentAsync(TestContext.Current.CancellationToken);
        rented.Predictor.Model.ShouldBeOfType<AffectModel>();
        Should.Throw<UnknownModelException>(() => PredictorPool.Load(_folder.File("missing"), size: 1));
    }

    private static async Task<string> FilmAsync(string path)
    {
        File.Copy(await TestFilms.FlashesAndBeepsAsync(1, [1]), path);
        return path;
    }

    private sealed class BlindModel : IReactionModel
    {
        public string Name => "blind";

        public EmotionScheme Scheme { get; } = new(["joy"]);

        public Rate Rate => new(1);

        public EncoderIdentity? VisualEncoder => null;

        public EncoderIdentity? AudioEncoder => null;

        public SparsePrediction Predict(VideoFeatures features) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
