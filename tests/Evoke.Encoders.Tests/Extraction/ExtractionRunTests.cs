using System.Diagnostics;
using Evoke.Curves;
using Evoke.Encoders.Extraction;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Media.Ffmpeg;
using Evoke.Media.Reading;
using Evoke.Media.Videos;
using Evoke.Tensors;
using Evoke.Testing;
using Microsoft.Extensions.Logging;

namespace Evoke.Encoders.Tests.Extraction;

public sealed class ExtractionRunTests : IDisposable
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();
    private readonly VisualLowLevelEncoder _eye = new();
    private readonly AudioLowLevelEncoder _ear = new();

    private FeatureStore Store => FeatureStore.OpenOrCreate(_folder.File("store"));

    public void Dispose()
    {
        _folder.Dispose();
        _eye.Dispose();
        _ear.Dispose();
    }

    [Fact]
    public async Task ARunMakesSkipsAndPassesBy()
    {
        await AddFilmAsync("a.mp4");
        await AddFilmAsync("-b.mkv");
        File.WriteAllText(Video("broken.mp4"), "this is no film");
        File.WriteAllText(Video("notes.txt"), "not a media name: not looked at");

        Recorder<ExtractionEvent> events = new();
        CollectingLogger log = new(), again = new();
        ExtractionReport first = await RunAsync(new Settings(_eye, _ear, 1, DType.F32, Logger: log), events);
        Names(first.Extracted).ShouldBe(["-b", "a"]);
        Names(first.Failed.Select(failure => failure.Video)).ShouldBe(["broken"]);
        first.Skipped.ShouldBeEmpty();
        Store.VideoIds().ShouldBe(["-b", "a"]);
        events.Reports.Where(e => e is not VideoAdvanced).Select(e => (e.GetType(), e.Position, e.Count)).ShouldBe(
            [(typeof(VideoExtracted), 1, 3), (typeof(VideoExtracted), 2, 3), (typeof(VideoFailed), 3, 3)]);

        string[] csv = File.ReadAllLines(Path.Combine(Store.Folder, "failures.csv"));
        csv[0].ShouldBe("video_id,path,error,message");
        csv.Length.ShouldBe(2);
        csv[1].ShouldStartWith($"broken,{Video("broken.mp4")},MediaFormatException,");

        log.Names.Where(name => name != "ExtractionWarning").ShouldBe(
            ["ExtractionStarted", "FeaturesExtracted", "FeaturesExtracted", "ExtractionFailed", "ExtractionEnded"]);
        LoggedEvent failed = log.Only("ExtractionFailed");
        (failed.Level, failed.Id, failed.Fields["Video"], failed.Error).ShouldBe((LogLevel.Error, 1006, Video("broken.mp4"), first.Failed[0].Error));
        LoggedEvent ended = log.Only("ExtractionEnded");
        (ended.Fields["Extracted"], ended.Fields["Skipped"], ended.Fields["Failed"], ended.Fields["Left"]).ShouldBe((2, 0, 1, 0));

        ExtractionReport second = await RunAsync(new Settings(_eye, _ear, 1, DType.F32, Logger: again));
        Names(second.Skipped).ShouldBe(["-b", "a"]);
        second.Extracted.ShouldBeEmpty();
        second.Failed.Count.ShouldBe(1);
        again.Names.ShouldBe(["FeaturesFound", "FeaturesFound", "ExtractionStarted", "ExtractionFailed", "ExtractionEnded"]);
        again.Only("ExtractionStarted").Fields["Left"].ShouldBe(1);

        File.Delete(Video("broken.mp4"));
        (await RunAsync()).Failed.ShouldBeEmpty();
        File.Exists(Path.Combine(Store.Folder, "failures.csv")).ShouldBeFalse("the last run had no failure");
    }

    [Fact]
    public async Task WhatIsCorruptOrMadeWithOtherSettingsIsMadeAnew()
    {
        await AddFilmAsync("a.mp4");
        await RunAsync();

        await ShouldBeMadeAnew(run => run, () => Truncate(Store.PathOf("a")));
        await ShouldBeMadeAnew(run => run, () => File.WriteAllText(Store.PathOf("a"), "no feature file"));
        await ShouldBeMadeAnew(run => run with { Rate = 2 });
        await ShouldBeMadeAnew(run => run with { StoreAs = DType.F16 });
        await ShouldBeMadeAnew(run => run with { AudioTrack = 1 });
        await ShouldBeMadeAnew(run => run with { Eye = new Disguised(_eye, identity => identity with { Settings = "other" }) });
        await ShouldBeMadeAnew(run => run, () => File.AppendAllText(Video("a.mp4"), "longer"));

        async Task ShouldBeMadeAnew(Func<Settings, Settings> change, Action? damage = null)
        {
            damage?.Invoke();
            Settings settings = change(new Settings(_eye, _ear, 1, DType.F32));
            Names((await RunAsync(settings)).Extracted).ShouldBe(["a"]);
            Names((await RunAsync(settings)).Skipped).ShouldBe(["a"]);
            await RunAsync(new Settings(_eye, _ear, 1, DType.F32));
        }
    }

    [Fact]
    public async Task WhatIsNotAskedForStays()
    {
        await AddFilmAsync("a.mp4");
        await RunAsync();
        VideoFeatures both = Store.Read("a");

        Names((await RunAsync(new Settings(null, _ear, 1, DType.F32))).Skipped).ShouldBe(["a"]);
        IVisualEncoder other = new Disguised(_eye, identity => identity with { Settings = "other" });
        Names((await RunAsync(new Settings(other, null, 1, DType.F32))).Extracted).ShouldBe(["a"]);

        VideoFeatures after = Store.Read("a");
        after.Visual!.Encoder.Settings.ShouldBe("other");
        after.Audio!.Encoder.ShouldBe(both.Audio!.Encoder);
        after.Audio.Values.ShouldBe(both.Audio.Values);
        Names((await RunAsync(new Settings(other, null, 1, DType.F32))).Skipped).ShouldBe(["a"]);
    }

    [Fact]
    public async Task ImportedPictureFeaturesAreJoinedWithExtractedSound()
    {
        await AddFilmAsync("a.mp4"); // 2 s, with a little more of sound
        float[] rows = [.. Enumerable.Range(0, 9).Select(i => (float)i)]; // 3 rows per second, which end at 3 s
        VideoFeatures imported = new()
        {
            VideoId = "a",
            SourceName = "own.h5",
            SourceBytes = 0,
            DurationSeconds = 3,
            Visual = new FeatureSequence(new EncoderIdentity("mine"), new Rate(3), 1, rows),
        };
        Store.Write(imported);
        Recorder<ExtractionEvent> events = new();

        ExtractionReport report = await RunAsync(new Settings(null, _ear, 1, DType.F32), events);

        Names(report.Extracted).ShouldBe(["a"]);
        events.Reports.OfType<VideoOutdated>().ShouldBeEmpty();
        VideoFeatures joined = Store.Read("a");
        (joined.SourceName, joined.SourceBytes).ShouldBe(("a.mp4", new FileInfo(Video("a.mp4")).Length));
        joined.Visual!.Encoder.Name.ShouldBe("mine");
        joined.Visual.Values.ShouldBe(rows[..joined.Visual.Steps]);
        joined.Visual.Steps.ShouldBeInRange(6, 7);
        joined.Audio!.Encoder.ShouldBe(_ear.Identity);
        Names((await RunAsync(new Settings(null, _ear, 1, DType.F32))).Skipped).ShouldBe(["a"]);

        Store.Write(imported with { DurationSeconds = 60, Visual = imported.Visual with { Values = new float[180] } });
        ExtractionReport tooLong = await RunAsync(new Settings(null, _ear, 1, DType.F32));
        tooLong.Failed.ShouldHaveSingleItem().Error.Message.ShouldContain("its visual features are of 60 s from own.h5");
        Store.Read("a").Visual!.Steps.ShouldBe(180);
    }

    [Fact]
    public async Task FeaturesOfAFileThatHasChangedAreNotKeptBesideNewOnes()
    {
        await AddFilmAsync("a.mp4");
        await RunAsync();
        File.AppendAllText(Video("a.mp4"), "longer");

        ExtractionReport report = await RunAsync(new Settings(null, _ear, 1, DType.F32));

        report.Failed.ShouldHaveSingleItem().Error.Message.ShouldContain("Extract picture and sound together");
        Store.Read("a").Visual.ShouldNotBeNull();
        Names((await RunAsync()).Extracted).ShouldBe(["a"]);
    }

    [Fact]
    public async Task FeaturesOfAnotherPrecisionAreMadeAnewUnlessNobodyAskedForOne()
    {
        await AddFilmAsync("a.mp4");
        IVisualEncoder exact = new Disguised(_eye, identity => identity with { Precision = "float32" });
        IVisualEncoder fast = new Disguised(_eye, identity => identity with { Precision = "bfloat16" });

        Names((await RunAsync(new Settings(_eye, _ear, 1, DType.F32))).Extracted).ShouldBe(["a"]);
        Names((await RunAsync(new Settings(exact, _ear, 1, DType.F32, AnyPrecision: true))).Skipped).ShouldBe(["a"]);
        (await OutdatedAsync(exact)).ShouldBe(
            "the visual features are from visual-lld (v2) in an unknown precision; expected those from visual-lld (v2, float32)");
        Names((await RunAsync(new Settings(fast, _ear, 1, DType.F32, AnyPrecision: true))).Skipped).ShouldBe(["a"]);
        (await OutdatedAsync(fast)).ShouldBe("the visual features are from visual-lld (v2, float32); expected those from visual-lld (v2, bfloat16)");
        Store.Read("a").Visual!.Encoder.Precision.ShouldBe("bfloat16");

        async Task<string> OutdatedAsync(IVisualEncoder eye)
        {
            Recorder<ExtractionEvent> events = new();
            Names((await RunAsync(new Settings(eye, _ear, 1, DType.F32), events)).Extracted).ShouldBe(["a"]);
            return events.Reports.OfType<VideoOutdated>().ShouldHaveSingleItem().Reason;
        }
    }

    [Fact]
    public async Task OnlyWhatIsReallyDoneCountsAsWork()
    {
        await AddFilmAsync("a.mp4");
        await RunAsync();
        await AddFilmAsync("b.mp4");
        await AddFilmAsync("c.mp4");
        File.WriteAllText(Video("broken.mp4"), "this is no film");

        Recorder<ExtractionEvent> events = new();
        await RunAsync(events);

        events.Reports[0].ShouldBeOfType<VideoSkipped>().Position.ShouldBe(1);
        double frames = 2 * _eye.FramesFor(new Rate(1)).Rate;
        events.Reports.Where(e => e is VideoExtracted or VideoFailed).Select(e => (e.Video.VideoId, e.Work.Videos, e.Work.VideosToDo, e.Work.Amount)).ShouldBe(
            [("b", 1, 3, frames), ("broken", 2, 3, frames), ("c", 3, 3, 2 * frames)]);
        events.Reports[^1].Work.AmountToDo.ShouldBe(2 * frames);
    }

    [Fact]
    public async Task AnEndedRunLeavesWholeFilesAndGoesOnWhereItWas()
    {
        await AddFilmAsync("a.mp4");
        await AddFilmAsync("b.mp4");
        await AddFilmAsync("c.mp4");
        using CancellationTokenSource source = new();
        Recorder<ExtractionEvent> events = new(e =>
        {
            if (e is VideoAdvanced { Position: 2 })
            {
                source.Cancel();
            }
        });
        ExtractionRun run = new(new FeatureExtractor(_eye, _ear), Store);
        await Should.ThrowAsync<OperationCanceledException>(() => run.RunAsync(VideoFiles.Find([_folder.File("videos")]), events, source.Token));

        Directory.GetFiles(Store.Folder).Select(Path.GetFileName).ShouldBe(["a.safetensors"]);
        ExtractionReport report = await RunAsync();
        Names(report.Skipped).ShouldBe(["a"]);
        Names(report.Extracted).ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task WithoutFfmpegTheRunEndsAtOnce()
    {
        await AddFilmAsync("a.mp4");
        FfmpegPrograms programs = new() { Ffmpeg = _folder.File("no-ffmpeg"), Ffprobe = _folder.File("no-ffprobe") };
        ExtractionRun run = new(new FeatureExtractor(_eye, null, new ExtractionOptions { Programs = programs }), Store);
        await Should.ThrowAsync<FfmpegMissingException>(() => run.RunAsync(VideoFiles.Find([_folder.File("videos")]), null, None));
    }

    [Fact]
    public async Task OfVideosWithOneIdTheFirstIsMadeAndTheOthersFail()
    {
        await AddFilmAsync("a.mp4");
        string one = Video(Path.Combine("x", "same.mp4"));
        string two = Video(Path.Combine("y", "same.mp4"));
        foreach (string path in new[] { one, two })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(Video("a.mp4"), path);
        }

        foreach (bool first in new[] { true, false })
        {
            ExtractionReport report = await RunAsync();

            Names(first ? report.Extracted : report.Skipped).ShouldBe(["a", "same"]);
            VideoFailure failure = report.Failed.ShouldHaveSingleItem();
            failure.Video.Path.ShouldBe(two);
            failure.Error.ShouldBeOfType<DuplicateVideoIdException>().Message.ShouldContain($"the id 'same': '{one}' and '{two}'");
        }
    }

    [Fact]
    public async Task NothingThatAFileOrItsNameDoesEndsARun()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The names and kinds of files are those of Linux.");
        await AddFilmAsync("good.mp4");
        string longest = new string('l', 243) + ".mp4";
        File.Copy(Video("good.mp4"), Video(longest));
        File.Copy(Video("good.mp4"), Video(new string('m', 244) + ".mp4"));
        Directory.CreateDirectory(Video("folder.mp4"));
        Directory.CreateSymbolicLink(Video("folder.mp4/self"), Video("folder.mp4"));
        Directory.CreateSymbolicLink(Video("up"), _folder.File("videos"));
        File.CreateSymbolicLink(Video("circle.mp4"), Video("circle.mp4"));
        File.CreateSymbolicLink(Video("dangling.mp4"), Video("nowhere.mp4"));
        File.WriteAllText(Video("empty.mp4"), "");
        await ShellAsync($"mkfifo '{Video("pipe.mp4")}'; cp '{Video("good.mp4")}' \"$(printf '{_folder.File("videos")}/\\377\\376.mp4')\"");

        ExtractionReport report = await RunAsync();

        Names(report.Extracted).ShouldBe(["good", new string('l', 243)]);
        Dictionary<string, string> failed = report.Failed.ToDictionary(failure => failure.Video.VideoId, failure => failure.Error.Message);
        failed.Keys.ShouldBe(["circle", "dangling", "empty", "pipe", new string('m', 244), "\uFFFD\uFFFD"], ignoreOrder: true);
        failed["pipe"].ShouldContain("is a pipe");
        failed[new string('m', 244)].ShouldContain("256 bytes");
        failed["\uFFFD\uFFFD"].ShouldContain("not valid UTF-8");
        failed.Values.ShouldAllBe(message => !message.Contains("Parameter"));
    }

    [Fact]
    public async Task AFileThatVanishesMeanwhileFailsAlone()
    {
        await AddFilmAsync("a.mp4");
        await AddFilmAsync("b.mp4");
        await AddFilmAsync("c.mp4");
        Recorder<ExtractionEvent> events = new(e =>
        {
            if (e is VideoExtracted { Position: 1 })
            {
                File.Delete(Video("b.mp4"));
            }
        });

        ExtractionReport report = await RunAsync(events);

        Names(report.Extracted).ShouldBe(["a", "c"]);
        report.Failed.ShouldHaveSingleItem().Video.VideoId.ShouldBe("b");
    }

    [Fact]
    public async Task AFullDiskEndsTheRunAndWhatWasDoneIsReported()
    {
        using SmallDisk? disk = SmallDisk.TryMount(kilobytes: 64);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        await AddFilmAsync("a.mp4");
        await AddFilmAsync("b.mp4");
        await AddFilmAsync("c.mp4");
        FeatureStore store = FeatureStore.OpenOrCreate(disk.Path);
        ExtractionRun run = new(new FeatureExtractor(_eye, _ear), store);
        Recorder<ExtractionEvent> fill = new(e =>
        {
            if (e is VideoExtracted)
            {
                disk.Fill();
            }
        });

        ExtractionReport report = await run.RunAsync(VideoFiles.Find([_folder.File("videos")]), fill, None);

        Names(report.Extracted).ShouldBe(["a"]);
        Names(report.Left).ShouldBe(["b", "c"]);
        report.EndedBy.ShouldBeOfType<FileWriteException>().IsDiskFull.ShouldBeTrue();
        Directory.GetFiles(disk.Path, ".*").ShouldBeEmpty();
    }

    /// <summary>Several videos at once end in the bytes, the lists and the failures of one after the other; events come one at a time.</summary>
    [Fact]
    public async Task SeveralAtOnceEndAsOneAfterTheOther()
    {
        foreach (string name in new[] { "a.mp4", "b.mp4", "e.mkv", "f.mp4" })
        {
            await AddFilmAsync(name);
        }

        File.WriteAllText(Video("c.mp4"), "this is no film");
        File.WriteAllText(Video("d.mp4"), "nor is this");
        IReadOnlyList<VideoFile> videos = VideoFiles.Find([_folder.File("videos")]);
        ExtractionReport alone = await RunAsync();
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.File("several"));
        using VisualLowLevelEncoder eye = new();
        using AudioLowLevelEncoder ear = new();

        // The first two videos wait for each other, so that they are in work at the same time; c fails after d.
        using CountdownEvent both = new(2);
        string marker = _folder.File("d-was-probed"), probe = _folder.File("ffprobe");
        File.WriteAllText(
            probe,
            $"#!/bin/sh\ncase \"$*\" in *c.mp4) until [ -e '{marker}' ]; do sleep 0.1; done; sleep 1;; *d.mp4) : > '{marker}';; esac\nexec ffprobe \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(probe, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        ExtractionOptions options = new() { ClipThreads = 1, Programs = new FfmpegPrograms { Ffprobe = probe } };
        int told = 0;
        Recorder<ExtractionEvent> events = new(_ =>
        {
            Interlocked.Increment(ref told).ShouldBe(1);
            Thread.Yield();
            Interlocked.Decrement(ref told);
        });
        FeatureExtractor[] extractors =
            [new FeatureExtractor(new FirstVideoEncoder(_eye, Meet), _ear, options), new FeatureExtractor(new FirstVideoEncoder(eye, Meet), ear, options)];

        ExtractionReport several = await new ExtractionRun(extractors, store).RunAsync(videos, events, None);

        both.IsSet.ShouldBeTrue();
        Names(several.Extracted).ShouldBe(Names(alone.Extracted));
        Names(several.Failed.Select(failure => failure.Video)).ShouldBe(["c", "d"]);
        several.Left.ShouldBeEmpty();
        string[] files = [.. Directory.GetFiles(store.Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        files.ShouldBe(["a.safetensors", "b.safetensors", "e.safetensors", "f.safetensors", "failures.csv"]);
        foreach (string name in files)
        {
            File.ReadAllBytes(Path.Combine(store.Folder, name)).ShouldBe(File.ReadAllBytes(Path.Combine(Store.Folder, name)), name);
        }

        events.Reports[^1].Work.Videos.ShouldBe(6);
        events.Reports.OfType<VideoExtracted>().Count().ShouldBe(4);

        void Meet()
        {
            both.Signal();
            both.Wait(TimeSpan.FromMinutes(5)).ShouldBeTrue();
        }
    }

    /// <summary>An error that ends the run ends the work on the other videos too: they are left, and nothing of them is kept.</summary>
    [Fact]
    public async Task AnErrorThatEndsARunOfSeveralAtOnceLeavesTheRest()
    {
        using SmallDisk? disk = SmallDisk.TryMount(kilobytes: 64);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        foreach (string name in new[] { "a.mp4", "b.mp4", "c.mp4", "d.mp4" })
        {
            await AddFilmAsync(name);
        }

        using VisualLowLevelEncoder eye = new();
        using AudioLowLevelEncoder ear = new();
        FeatureStore store = FeatureStore.OpenOrCreate(disk.Path);
        ExtractionRun run = new([new FeatureExtractor(_eye, _ear), new FeatureExtractor(eye, ear)], store);
        Recorder<ExtractionEvent> fill = new(e =>
        {
            if (e is VideoExtracted)
            {
                disk.Fill();
            }
        });

        ExtractionReport report = await run.RunAsync(VideoFiles.Find([_folder.File("videos")]), fill, None);

        report.EndedBy.ShouldBeOfType<FileWriteException>().IsDiskFull.ShouldBeTrue();
        report.Extracted.Count.ShouldBeInRange(1, 2); // The second may have been written before the disk was filled.
        Names(report.Extracted.Concat(report.Left).OrderBy(video => video.VideoId, StringComparer.Ordinal)).ShouldBe(["a", "b", "c", "d"]);
        Directory.GetFiles(disk.Path, ".*").ShouldBeEmpty();
    }

    /// <summary>What was cancelled when nothing was left to do is done.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ARunThatIsCancelledAtItsEndIsDone(int atOnce)
    {
        await AddFilmAsync("a.mp4");
        using VisualLowLevelEncoder eye = new();
        using AudioLowLevelEncoder ear = new();
        FeatureExtractor[] extractors = [new FeatureExtractor(_eye, _ear), new FeatureExtractor(eye, ear)];
        using CancellationTokenSource cancel = new();
        Recorder<ExtractionEvent> events = new(e =>
        {
            if (e is VideoExtracted)
            {
                cancel.Cancel();
            }
        });

        ExtractionReport report = await new ExtractionRun(extractors[..atOnce], Store).RunAsync(
            VideoFiles.Find([_folder.File("videos")]), events, cancel.Token);

        Names(report.Extracted).ShouldBe(["a"]);
        report.Left.ShouldBeEmpty();
    }

    [Fact]
    public void ExtractorsOfARunMustBeAlike()
    {
        FeatureExtractor both = new(_eye, _ear), seen = new(_eye, null);
        Should.Throw<ArgumentException>(() => new ExtractionRun([], Store));
        Should.Throw<ArgumentException>(() => new ExtractionRun([both, seen], Store)).Message.ShouldContain("same encoders");
        Should.Throw<ArgumentException>(() => new ExtractionRun([both, both], Store)).Message.ShouldContain("encoders of its own");
        Should.Throw<ArgumentException>(() => new ExtractionRun([both, new FeatureExtractor(_eye, _ear)], Store)).Message.ShouldContain("encoders of its own");
        Should.Throw<ArgumentException>(() => new ExtractionRun([both, new FeatureExtractor(_eye, _ear, new ExtractionOptions { AudioTrack = 2 })], Store));
    }

    [Fact]
    public void AFolderIsSearchedAndAFileIsTakenAsItIs()
    {
        Directory.CreateDirectory(Video("deep"));
        foreach (string name in new[] { "b.MP4", "deep/a.webm", "c.txt", "d" })
        {
            File.WriteAllText(Video(name), "");
        }

        VideoFiles.Find([_folder.File("videos"), Video("d"), Video("b.MP4")]).Select(video => (video.VideoId, video.Path)).ShouldBe(
            [("b", Video("b.MP4")), ("a", Video("deep/a.webm")), ("d", Video("d"))]);
        Should.Throw<NoVideosException>(() => VideoFiles.Find([])).Message.ShouldBe("No video was named.");
        Directory.CreateDirectory(_folder.File("empty"));
        Should.Throw<NoVideosException>(() => VideoFiles.Find([_folder.File("empty")])).Message.ShouldContain(_folder.File("empty"));
    }

    private Task<ExtractionReport> RunAsync(IProgress<ExtractionEvent>? progress = null) => RunAsync(new Settings(_eye, _ear, 1, DType.F32), progress);

    private Task<ExtractionReport> RunAsync(Settings settings, IProgress<ExtractionEvent>? progress = null)
    {
        ExtractionOptions options = new() { Rate = new Rate(settings.Rate), AudioTrack = settings.AudioTrack };
        FeatureExtractor extractor = new(settings.Eye, settings.Ear, options);
        return new ExtractionRun(extractor, Store, settings.StoreAs) { AnyPrecision = settings.AnyPrecision, Logger = settings.Logger }.RunAsync(
            VideoFiles.Find([_folder.File("videos")]), progress, None);
    }

    private async Task AddFilmAsync(string name)
    {
        string film = await TestFilms.MakeAsync(
            "run" + Path.GetExtension(name), "-f", "lavfi", "-i", "testsrc=size=160x120:rate=10:duration=2", "-f", "lavfi", "-i",
            "sine=frequency=300:duration=2",
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac");
        Directory.CreateDirectory(_folder.File("videos"));
        File.Copy(film, Video(name));
    }

    private static async Task ShellAsync(string command)
    {
        using Process shell = Process.Start("sh", ["-c", command]);
        await shell.WaitForExitAsync(None);
        shell.ExitCode.ShouldBe(0, command);
    }

    private string Video(string name) => Path.Combine(_folder.File("videos"), name);

    private static IEnumerable<string> Names(IEnumerable<VideoFile> videos) => videos.Select(video => video.VideoId);

    private static void Truncate(string path)
    {
        using FileStream file = new(path, FileMode.Open);
        file.SetLength(file.Length / 2);
    }

    private sealed record Settings(
        IVisualEncoder? Eye, IAudioEncoder? Ear, double Rate, DType StoreAs, bool AnyPrecision = false, int? AudioTrack = null, ILogger? Logger = null);

    /// <summary>The same encoder under another name or in a later version.</summary>
    private sealed class Disguised(IVisualEncoder inner, Func<EncoderIdentity, EncoderIdentity> change) : IVisualEncoder
    {
        public EncoderIdentity Identity => change(inner.Identity);

        public int FeatureWidth => inner.FeatureWidth;

        public FrameSpec FramesFor(Rate rate) => inner.FramesFor(rate);

        public IVisualEncodingSession Start(Rate rate) => inner.Start(rate);

        public void Dispose()
        {
            // The inner encoder is its owner's.
        }
    }
}
