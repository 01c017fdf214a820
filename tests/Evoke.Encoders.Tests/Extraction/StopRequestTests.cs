using Evoke.Encoders.Extraction;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features.Store;
using Evoke.Media.Ffmpeg;
using Evoke.Media.Videos;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Extraction;

/// <summary>A run that is told to stop.</summary>
public sealed class StopRequestTests : IDisposable
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Plenty = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder _folder = new();
    private readonly VisualLowLevelEncoder _eye = new();
    private readonly AudioLowLevelEncoder _ear = new();
    private CancellationTokenSource _told = new();

    private FeatureStore Store => FeatureStore.OpenOrCreate(_folder.File("store"));

    public void Dispose()
    {
        _folder.Dispose();
        _eye.Dispose();
        _ear.Dispose();
        _told.Dispose();
    }

    [Fact]
    public async Task TheVideoInHandIsFinishedAndNoOtherBegun()
    {
        ExtractionReport report = await RunAsync(Plenty, tellAt: 2);

        Names(report.Extracted).ShouldBe(["a", "b"]);
        Names(report.Left).ShouldBe(["c"]);
        Store.VideoIds().ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task WhatCannotBeFinishedInTimeIsDroppedWhole()
    {
        ExtractionReport report = await RunAsync(TimeSpan.Zero, tellAt: 2);

        Names(report.Extracted).ShouldBe(["a"]);
        Names(report.Left).ShouldBe(["b", "c"]);
        report.Failed.ShouldBeEmpty();
        Directory.GetFiles(Store.Folder).Select(Path.GetFileName).ShouldBe(["a.safetensors"]);
    }

    [Fact]
    public async Task ToldDuringTheLastVideoEverythingIsDone() => (await RunAsync(Plenty, tellAt: 3)).Left.ShouldBeEmpty();

    [Fact]
    public async Task AllVideosInHandAreFinished()
    {
        ExtractionReport report = await RunTwoAtOnceAsync(Plenty);

        Names(report.Extracted).ShouldBe(["a", "b"]);
        Names(report.Left).ShouldBe(["c"]);
        Store.VideoIds().ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task NoneOfTheVideosInHandIsKeptThatCannotBeFinishedInTime()
    {
        ExtractionReport report = await RunTwoAtOnceAsync(TimeSpan.Zero);

        report.Extracted.ShouldBeEmpty();
        Names(report.Left).ShouldBe(["a", "b", "c"]);
        report.Failed.ShouldBeEmpty();
        Directory.GetFiles(Store.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task AListOfFailuresOutlivesARunThatDidNotReachTheVideo()
    {
        FailureList earlier = new(Store.Folder, "0000-of-0002");
        earlier.Add(new VideoFailure(new VideoFile("c", "c.mp4"), new NothingToEncodeException("c.mp4", "nothing")));

        await RunAsync(Plenty, tellAt: 2, part: "0000-of-0002");
        FailureFile.ReadAll(Store).ShouldHaveSingleItem().VideoId.ShouldBe("c");

        _told.Dispose();
        _told = new CancellationTokenSource();
        (await RunAsync(Plenty, tellAt: int.MaxValue, part: "0000-of-0002")).Left.ShouldBeEmpty();
        FailureFile.ReadAll(Store).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnFfmpegThatASignalEndedIsTheVideosFailureOnlyIfTheSignalWasNotForUs(bool forUs)
    {
        // As Slurm does it: the signal goes to every process of the task, and ffmpeg reacts first.
        string ffmpeg = _folder.File("ffmpeg");
        File.WriteAllText(ffmpeg, "#!/bin/sh\nkill -USR1 $$\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(ffmpeg, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        if (forUs)
        {
            _told.CancelAfter(TimeSpan.FromMilliseconds(300));
        }

        ExtractionReport report = await RunAsync(Plenty, tellAt: int.MaxValue, programs: new FfmpegPrograms { Ffmpeg = ffmpeg });

        Names(report.Failed.Select(failure => failure.Video)).ShouldBe(forUs ? [] : ["a", "b", "c"]);
        Names(report.Left).ShouldBe(forUs ? ["a", "b", "c"] : []);
    }

    private async Task<ExtractionReport> RunAsync(TimeSpan grace, int tellAt, string? part = null, FfmpegPrograms? programs = null)
    {
        string film = await TestFilms.OrdinaryAsync(seconds: 2);
        VideoFile[] videos = [.. new[] { "a", "b", "c" }.Select(id => new VideoFile(id, film))];
        using StopRequest stop = new(grace, _told.Token);
        ExtractionRun run = new(new FeatureExtractor(_eye, _ear, new ExtractionOptions { Programs = programs }), Store) { Stop = stop, Part = part };
        Recorder<ExtractionEvent> events = new(e =>
        {
            if (e is VideoAdvanced && e.Position == tellAt)
            {
                _told.Cancel();
                if (grace == TimeSpan.Zero)
                {
                    stop.GraceIsOver.WaitHandle.WaitOne();
                }
            }
        });
        return await run.RunAsync(videos, events, None);
    }

    // Told to stop when two videos are in work, each at its first step.
    private async Task<ExtractionReport> RunTwoAtOnceAsync(TimeSpan grace)
    {
        string film = await TestFilms.OrdinaryAsync(seconds: 2);
        VideoFile[] videos = [.. new[] { "a", "b", "c" }.Select(id => new VideoFile(id, film))];
        using StopRequest stop = new(grace, _told.Token);
        using CountdownEvent both = new(2);
        void Tell()
        {
            if (both.Signal())
            {
                _told.Cancel();
            }

            both.Wait(TimeSpan.FromMinutes(5)).ShouldBeTrue();
            if (grace == TimeSpan.Zero)
            {
                stop.GraceIsOver.WaitHandle.WaitOne();
            }
        }

        using VisualLowLevelEncoder eye = new();
        using AudioLowLevelEncoder ear = new();
        FeatureExtractor[] extractors =
            [new FeatureExtractor(new FirstVideoEncoder(_eye, Tell), _ear), new FeatureExtractor(new FirstVideoEncoder(eye, Tell), ear)];
        return await new ExtractionRun(extractors, Store) { Stop = stop }.RunAsync(videos, null, None);
    }

    private static string[] Names(IEnumerable<VideoFile> videos) => [.. videos.Select(video => video.VideoId)];
}
