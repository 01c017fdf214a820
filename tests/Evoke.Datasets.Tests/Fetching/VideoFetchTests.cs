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
    public async Task AFetchThatIsBrokenOffLeavesNothingHalfUnderAFinalNameAndGoesOnLater()
    {
        using CancellationTokenSource stop = new();
        Task<VideoFetchReport> broken = VideoFetch.RunAsync(["slow1"], _folder.Path, s_options, cancellationToken: stop.Token);
        while (!File.Exists(_folder.File(".partial/slow1/video.mp4.part")))
        {
            broken.IsCompleted.ShouldBeFalse();
            await Task.Delay(20);
        }

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
}
