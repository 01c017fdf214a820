using Evoke.Encoders.Extraction;

namespace Evoke.Encoders.Tests.Extraction;

public sealed class WorkEstimateTests
{
    [Fact]
    public void TheRestIsJudgedByTheSizesOfTheFiles()
    {
        WorkEstimate work = new([100, 300, 100]);
        work.Now.ShouldBe(new ExtractionWork(0, 3, 0, null));

        work.Begin(100);
        work.Now.AmountToDo.ShouldBeNull("nobody knows how long a film is");
        work.Advance(5, 20);
        work.Now.ShouldBe(new ExtractionWork(0, 3, 5, 100)); // a frame for every 5 bytes
        work.End(isWhole: true);
        work.Now.ShouldBe(new ExtractionWork(1, 3, 20, 100));

        // The second has fewer frames for its bytes than the first.
        work.Begin(300);
        work.Advance(10, 20);
        work.Now.ShouldBe(new ExtractionWork(1, 3, 30, 20 + 20 + (40.0 / 400 * 100)));
    }

    [Fact]
    public void WhatCouldNotBeReadTellsNothingAboutTheRest()
    {
        WorkEstimate work = new([900, 100]);
        work.Begin(900);
        work.End(isWhole: false);
        work.Now.ShouldBe(new ExtractionWork(1, 2, 0, null));
        work.Begin(100);
        work.Advance(1, 10);
        work.Now.AmountToDo.ShouldBe(10);
        work.End(isWhole: true);
        work.Now.ShouldBe(new ExtractionWork(2, 2, 10, 10));
    }

    [Fact]
    public void AFileThatDoesNotSayItsLengthIsJudgedByItsSize()
    {
        WorkEstimate work = new([100, 200]);
        work.Begin(100);
        work.Advance(10, 10);
        work.End(isWhole: true);
        work.Begin(200);
        work.Advance(1, null);
        work.Now.AmountToDo.ShouldBe(30);
        work.Advance(25, null);
        work.Now.AmountToDo.ShouldBe(35, "it is longer than its size says");
    }

    [Fact]
    public void NothingToDoIsDone() => new WorkEstimate([]).Now.ShouldBe(new ExtractionWork(0, 0, 0, 0));
}
