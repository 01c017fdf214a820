using Evoke.Studio.Storage;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>A job that ends the process at the same point again and again is given up; kills from outside and orderly stops are not held against it.</summary>
public sealed class SuddenEndingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly JobTable _jobs;
    private readonly StudioDatabase _database;

    public SuddenEndingTests()
    {
        _database = new StudioDatabase(_folder.File("studio.db"));
        _jobs = new JobTable(_database);
        foreach (string id in new[] { "a", "b" })
        {
            new VideoTable(_database).Add(
                new VideoRecord { Id = id, Name = id, Path = $"/{id}", Owned = false, Bytes = 1, Added = DateTimeOffset.UnixEpoch });
        }
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("0.5 0.5 0.5", true)]
    [InlineData("0 0 0", true)]
    [InlineData("0.5 0.51 0.49", true)] // Progress is stored in steps.
    [InlineData("0.5 0.5", false)]
    [InlineData("0.2 0.5 0.8 0.3 0.6", false)] // Killed from outside, at any moment.
    [InlineData("0.5 0.5 0.8 0.5", false)] // It got past that point.
    [InlineData("0.5 0.2 0.5 0.1 0.5", true)] // Kills before the point do not show that it gets past it.
    [InlineData("0.8 0.5 0.5 0.5", true)]
    public void ThreeTimesInARowAtTheSamePointIsOnceTooOften(string progress, bool hopeless)
    {
        long id = _jobs.Enqueue("a", JobKind.Analysis, "affect", 10).Id;
        double[] points = [.. progress.Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        for (int i = 0; i < points.Length; i++)
        {
            EndSuddenly(id, points[i]);
            JobRecord settled = _jobs.SettleInterrupted().ShouldHaveSingleItem();
            settled.State.ShouldBe(hopeless && i == points.Length - 1 ? JobState.Failed : JobState.Queued);
        }

        _jobs.SettleInterrupted().ShouldBeEmpty();
        if (hopeless)
        {
            _jobs.Find(id)!.Error!.ShouldStartWith("Given up: Studio ended 3 times in a row at this point of the analysis (features, ");
            _jobs.Enqueue("a", JobKind.Analysis, "affect", 10).State.ShouldBe(JobState.Queued, "users can try it again");
        }
    }

    [Fact]
    public void OrderlyStopsDoNotCount()
    {
        long id = _jobs.Enqueue("a", JobKind.Analysis, "affect", 10).Id;
        for (int i = 0; i < 5; i++)
        {
            EndSuddenly(id, 0.5);
            _jobs.PutBack(id)!.State.ShouldBe(JobState.Queued);
            _jobs.SettleInterrupted().ShouldBeEmpty();
        }
    }

    [Fact]
    public void NorDoOrderlyStopsThatTheDiskHadNoRoomFor()
    {
        long id = _jobs.Enqueue("a", JobKind.Analysis, "affect", 10).Id;
        for (int i = 0; i < 5; i++)
        {
            EndSuddenly(id, 0.5);
            _jobs.SettleInterrupted(isSudden: false).ShouldHaveSingleItem().State.ShouldBe(JobState.Queued);
        }
    }

    [Fact]
    public void APreviewBesideAnAnalysisIsNotBlamed()
    {
        long analysis = _jobs.Enqueue("a", JobKind.Analysis, "affect", 10).Id, preview = _jobs.Enqueue("b", JobKind.Preview, "", 10).Id;
        for (int i = 0; i < 3; i++)
        {
            EndSuddenly(analysis, 0.5);
            EndSuddenly(preview, 0.5);
            _jobs.SettleInterrupted().Count.ShouldBe(2);
        }

        _jobs.Find(analysis)!.State.ShouldBe(JobState.Failed);
        _jobs.Find(preview)!.State.ShouldBe(JobState.Queued);
    }

    private void EndSuddenly(long id, double progress)
    {
        _jobs.Take(id)!.State.ShouldBe(JobState.Running);
        _jobs.Report(id, "features", progress);
    }
}
