using Evoke.Encoders.Extraction;

namespace Evoke.Encoders.Tests.Extraction;

public sealed class WorkEstimateTests
{
    [Fact]
    public void TheRestIsJudgedByTheSizesOfTheFiles()
    {
        WorkEstimate work = new([100, 300, 100]);
        work.Now.ShouldBe(new ExtractionWork(0, 3, 0, null));

        WorkEstimate.Video first = work.Begin(100);
        work.Now.AmountToDo.ShouldBeNull("nobody knows how long a film is");
        first.Advance(5, 20);
        work.Now.ShouldBe(new ExtractionWork(0, 3, 5, 100)); // a frame for every 5 bytes
        work.End(first, isWhole: true);
        work.Now.ShouldBe(new ExtractionWork(1, 3, 20, 100));

        // The second has fewer frames for its bytes than the first.
        work.Begin(300).Advance(10, 20);
        work.Now.ShouldBe(new ExtractionWork(1, 3, 30, 20 + 20 + (40.0 / 400 * 100)));
    }

    [Fact]
    public void SeveralAtOnceAreAddedUp()
    {
        WorkEstimate work = new([100, 300, 200]);
        WorkEstimate.Video first = work.Begin(100), second = work.Begin(300);
        first.Advance(5, 10);
        work.Now.ShouldBe(new ExtractionWork(0, 3, 5, 60)); // a frame for every 10 bytes
        second.Advance(6, 70);
        work.Now.ShouldBe(new ExtractionWork(0, 3, 11, 10 + 70 + (80.0 / 400 * 200)));
        work.End(second, isWhole: true);
        work.Now.ShouldBe(new ExtractionWork(1, 3, 75, 120));
        work.End(first, isWhole: true);
        work.Now.ShouldBe(new ExtractionWork(2, 3, 80, 120));
    }

    [Fact]
    public void WhatCouldNotBeReadTellsNothingAboutTheRest()
    {
        WorkEstimate work = new([900, 100]);
        work.End(work.Begin(900), isWhole: false);
        work.Now.ShouldBe(new ExtractionWork(1, 2, 0, null));
        WorkEstimate.Video second = work.Begin(100);
        second.Advance(1, 10);
        work.Now.AmountToDo.ShouldBe(10);
        work.End(second, isWhole: true);
        work.Now.ShouldBe(new ExtractionWork(2, 2, 10, 10));
    }

    [Fact]
    public void AFileThatDoesNotSayItsLengthIsJudgedByItsSize()
    {
        WorkEstimate work = new([100, 200]);
        WorkEstimate.Video first = work.Begin(100);
        first.Advance(10, 10);
        work.End(first, isWhole: true);
        WorkEstimate.Video second = work.Begin(200);
        second.Advance(1, null);
        work.Now.AmountToDo.ShouldBe(30);
        second.Advance(25, null);
        work.Now.AmountToDo.ShouldBe(35, "it is longer than its size says");
    }

    [Fact]
    public void NothingToDoIsDone() => new WorkEstimate([]).Now.ShouldBe(new ExtractionWork(0, 0, 0, 0));
}
