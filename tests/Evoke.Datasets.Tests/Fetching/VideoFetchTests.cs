using System.Threading.Channels;
using Evoke.Datasets.Fetching;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.Fetching;

public sealed class VideoFetchTests : IDisposable
{
    private static readonly VideoFetchOptions s_options = new()
    {
        Program = Path.Combine(AppContext.BaseDirectory, "Programs", "yt-dlp"),
        PauseSeconds = 0,
        Parallel = 2,
        LimitPatience = TimeSpan.Zero,
    };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhatComesIsKeptAndWhatDoesNotIsListedWithItsReason()
    {
        VideoFetchReport report = await FetchAsync("-dashed_one", "private1", "removed1", "closed1", "blocked1", "aged1", "empty1", "-dashed_one");

        report.Fetched.ShouldBe(["-dashed_one"]);
        (await File.ReadAllTextAsync(_folder.File("-dashed_one.mp4"))).ShouldBe("film\n");
        report.Absent.Select(video => (video.VideoId, video.Kind)).ShouldBe(
        [
            ("private1", AbsenceKind.Private), ("removed1", AbsenceKind.Removed), ("closed1", AbsenceKind.Removed), ("blocked1", AbsenceKind.Blocked),
            ("aged1", AbsenceKind.Other), ("empty1", AbsenceKind.Other),
        ]);
        string[] gone = await File.ReadAllLinesAsync(_folder.File("gone.csv"));
        gone[0].ShouldBe("video_id,kind,message");
        gone.ShouldContain("private1,private,Private video. Sign in if you've been granted access to this video");
        gone.Length.ShouldBe(7);
    }

    [Fact]
    public async Task ADamagedListIsToldAndKeptAndTheFetchGoesOn()
    {
        File.Copy(HostileFile.PathOf("gone-4.csv"), _folder.File("gone.csv"));

        VideoFetchReport report = await FetchAsync("good1", "private1");

        report.Fetched.ShouldBe(["good1"]);
        report.DamagedList!.Message.ShouldContain("gone.csv, line 2: ");
        (await File.ReadAllBytesAsync(_folder.File("gone.csv.damaged"))).ShouldBe(await File.ReadAllBytesAsync(HostileFile.PathOf("gone-4.csv")));
        AbsenceList now = AbsenceList.Open(_folder.Path);
        now.Damage.ShouldBeNull();
        now.Videos.Select(video => video.VideoId).ShouldBe(["private1"]);
    }

    [Fact]
    public async Task ASecondRunAsksOnlyForWhatMayYetCome()
    {
        await FetchAsync("good1", "removed1", "later1");
        File.Exists(_folder.File("later1.mp4")).ShouldBeFalse();

        VideoFetchReport again = await FetchAsync("good1", "removed1", "later1");

        again.Fetched.ShouldBe(["later1"]);
        again.Present.ShouldBe(["good1"]);
        again.Absent.Select(video => video.VideoId).ShouldBe(["removed1"]);
        Asked().Order(StringComparer.Ordinal).ShouldBe(["good1", "later1", "later1", "removed1"]);
        AbsenceList.Open(_folder.Path).Videos.Select(video => video.VideoId).ShouldBe(["removed1"]);
        Directory.Exists(_folder.File(".partial")).ShouldBeFalse();
    }

    [Fact]
    public async Task WhatAKillLeftOfAStoredVideoIsRemoved()
    {
        await FetchAsync("good1");
        Directory.CreateDirectory(_folder.File(".partial/good1"));
        await File.WriteAllTextAsync(_folder.File(".partial/good1/video.f137.mp4"), "pieces");

        (await FetchAsync("good1")).Present.ShouldBe(["good1"]);

        Directory.Exists(_folder.File(".partial")).ShouldBeFalse();
    }

    [Fact]
    public async Task WhatIsGoneIsAskedForAgainOnRequest()
    {
        await FetchAsync("removed1");
        await VideoFetch.RunAsync(["removed1"], _folder.Path, s_options with { RetryGone = true });

        Asked().ShouldBe(["removed1", "removed1"]);
    }

    [Fact]
    public async Task WhenTheSiteAsksForAPauseTheRestIsLeftForLaterAndNotCalledGone()
    {
        VideoFetchReport report = await VideoFetch.RunAsync(["good1", "pause1", "good2", "good3"], _folder.Path, s_options with { Parallel = 1 });

        report.Fetched.ShouldBe(["good1"]);
        report.Postponed.ShouldBe(["pause1", "good2", "good3"]);
        report.Absent.ShouldBeEmpty();
        Asked().ShouldBe(["good1", "pause1"]);
    }

    [Fact]
    public async Task TheSitesLimitIsWaitedForLongerEachTimeAndNothingElseIsAskedMeanwhile()
    {
        StoppedClock clock = new();
        Waits waits = new();
        Task<VideoFetchReport> fetch = VideoFetch.RunAsync(
            ["limit3", "held1", "good1"], _folder.Path, s_options with { LimitPatience = TimeSpan.FromMinutes(10), Clock = clock }, null, waits);
        await clock.WaitUntilAskedAsync(1);
        await File.WriteAllTextAsync(_folder.File("release"), ""); // held1 ends, and good1 is next
        for (int wait = 1; wait <= 3; wait++)
        {
            await clock.WaitUntilAskedAsync(wait);
            File.Exists(_folder.File("good1.mp4")).ShouldBeFalse();
            Asked().ShouldNotContain("good1");
            clock.LetPass();
        }

        VideoFetchReport report = await fetch;

        report.Fetched.ShouldBe(["limit3", "held1", "good1"]);
        report.Absent.ShouldBeEmpty();
        waits.Minutes.ShouldBe([1, 2, 4]);
        clock.AskedFor.ShouldBe(waits.Minutes.Select(minutes => TimeSpan.FromMinutes(minutes)));
        Asked()[^1].ShouldBe("good1");
        File.Exists(_folder.File("gone.csv")).ShouldBeFalse();
    }

    [Fact]
    public async Task PatienceIsBounded()
    {
        StoppedClock clock = new() { IsPassing = true };
        Waits waits = new();

        VideoFetchReport report = await VideoFetch.RunAsync(
            ["limit99", "good1"], _folder.Path, s_options with { Parallel = 1, LimitPatience = TimeSpan.FromMinutes(200), Clock = clock }, null, waits);

        waits.Minutes.ShouldBe([1, 2, 4, 8, 16, 32, 60, 60, 17]); // 200 in all, at most an hour each
        report.Postponed.ShouldBe(["limit99", "good1"]);
        report.Absent.ShouldBeEmpty();
        Asked().ShouldAllBe(id => id == "limit99");
        File.Exists(_folder.File("gone.csv")).ShouldBeFalse();
    }

    [Fact]
    public async Task AWaitCanBeCancelled()
    {
        using CancellationTokenSource stop = new();
        StoppedClock clock = new();
        Task<VideoFetchReport> fetch = VideoFetch.RunAsync(
            ["limit1"], _folder.Path, s_options with { LimitPatience = TimeSpan.FromMinutes(10), Clock = clock }, cancellationToken: stop.Token);
        await clock.WaitUntilAskedAsync(1);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => fetch);
        File.Exists(_folder.File("gone.csv")).ShouldBeFalse();
    }

    [Fact]
    public async Task AVideoThatAnEarlierVersionTookForRemovedIsAskedForAgain()
    {
        await File.WriteAllTextAsync(
            _folder.File("gone.csv"), "video_id,kind,message\nlimit1,removed,\"Video unavailable. This content isn’t available, try again later\"\n");

        VideoFetchReport limited = await FetchAsync("limit1");
        limited.Postponed.ShouldBe(["limit1"]);
        limited.Absent.ShouldBeEmpty();
        AbsenceList.Open(_folder.Path).Videos.ShouldBeEmpty();

        (await FetchAsync("limit1")).Fetched.ShouldBe(["limit1"]);
    }

    [Theory]
    [InlineData("ERROR: [youtube] a: Video unavailable. This content isn't available, try again later", true)]
    [InlineData("ERROR: [youtube] a: This content isn’t available, try again later. Your account has been rate-limited by YouTube for up to an hour.", true)]
    [InlineData("ERROR: [youtube] a: Unable to download API page: HTTP Error 429: Too Many Requests", true)]
    [InlineData("ERROR: [youtube] a: Sign in to confirm you’re not a bot. Use --cookies", true)]
    [InlineData("WARNING: [youtube] HTTP Error 429: Too Many Requests. Retrying\nERROR: [youtube] a: giving up after 5 retries", true)]
    [InlineData("WARNING: [youtube] HTTP Error 429: Too Many Requests. Retrying\nERROR: [youtube] a: Private video. Sign in", false)]
    [InlineData("ERROR: [youtube] a: Video unavailable. This video is no longer available", false)]
    [InlineData("ERROR: [youtube] a: An error occurred. Please try again later.", false)]
    public void LimitsAreToldFromRemovals(string said, bool isLimit) => YtDlpMessage.IsRateLimit(said).ShouldBe(isLimit);

    [Fact]
    public async Task AFetchThatIsBrokenOffLeavesNothingHalfUnderAFinalNameAndGoesOnLater()
    {
        using CancellationTokenSource stop = new();
        Task<VideoFetchReport> broken = VideoFetch.RunAsync(["slow1"], _folder.Path, s_options, cancellationToken: stop.Token);
        while (!File.Exists(_folder.File(".partial/slow1/video.mp4.part")))
        {
            broken.IsCompleted.ShouldBeFalse();
            await Task.Delay(20);
        }

        // What one fetch has begun, another must not take away.
        (await Should.ThrowAsync<FetchUnderWayException>(() => VideoFetch.RunAsync(["fine1"], _folder.Path, s_options)))
            .Message.ShouldStartWith($"{_folder.Path}: another fetch");
        broken.IsCompleted.ShouldBeFalse();

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => broken);
        File.Exists(_folder.File("slow1.mp4")).ShouldBeFalse();
        File.Exists(_folder.File("gone.csv")).ShouldBeFalse();

        (await FetchAsync("slow1")).Fetched.ShouldBe(["slow1"]);
        Directory.Exists(_folder.File(".partial")).ShouldBeFalse();
    }

    [Fact]
    public async Task TheQuestionIsPoliteAndBounded()
    {
        await VideoFetch.RunAsync(["good1"], _folder.Path, s_options with { Height = 480, PauseSeconds = 1.5 });

        string[] arguments = await File.ReadAllLinesAsync(_folder.File("arguments.txt"));
        arguments[^2..].ShouldBe(["--", "https://www.youtube.com/watch?v=good1"]);
        arguments[Array.IndexOf(arguments, "--sleep-interval") + 1].ShouldBe("1.5");
        arguments[Array.IndexOf(arguments, "--format") + 1].ShouldContain("height<=480");
        arguments.ShouldContain("--continue");
        arguments.ShouldContain("--ignore-config");
    }

    [Fact]
    public async Task WithoutYtDlpTheMessageSaysHowToGetIt()
    {
        var error = await Should.ThrowAsync<YtDlpMissingException>(() =>
            VideoFetch.RunAsync(["good1"], _folder.Path, s_options with { Program = "no-such-yt-dlp" }));

        error.Message.ShouldContain("no-such-yt-dlp");
        error.Message.ShouldContain("pipx install yt-dlp");
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("a b")]
    [InlineData("x&list=y")]
    public async Task IdsThatAreNoneAreRefused(string id) =>
        (await Should.ThrowAsync<NotAYouTubeIdException>(() => FetchAsync("good1", id))).Message.ShouldContain(id);

    private Task<VideoFetchReport> FetchAsync(params string[] ids) => VideoFetch.RunAsync(ids, _folder.Path, s_options);

    private string[] Asked() => File.ReadAllLines(_folder.File("asked.txt"));

    private sealed class Waits : IProgress<TimeSpan>
    {
        public List<double> Minutes { get; } = [];

        public void Report(TimeSpan value) => Minutes.Add(value.TotalMinutes);
    }

    /// <summary>Its time passes only on request, or at once where <see cref="IsPassing"/> is set.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private readonly Channel<TimeSpan> _asked = Channel.CreateUnbounded<TimeSpan>();
        private Action? _due;
        private int _seen;

        public bool IsPassing { get; init; }

        public List<TimeSpan> AskedFor { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            AskedFor.Add(dueTime);
            _due = () => callback(state);
            _asked.Writer.TryWrite(dueTime);
            return base.CreateTimer(callback, state, IsPassing ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, period);
        }

        public async Task WaitUntilAskedAsync(int times)
        {
            for (; _seen < times; _seen++)
            {
                await _asked.Reader.ReadAsync(TestContext.Current.CancellationToken);
            }
        }

        public void LetPass() => _due!();
    }
}
