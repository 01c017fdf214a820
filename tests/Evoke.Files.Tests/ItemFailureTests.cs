namespace Evoke.Files.Tests;

public sealed class ItemFailureTests
{
    [Fact]
    public void OnlyCancellationAndWhatEveryItemWouldMeetEndARun()
    {
        ItemFailure.Of("a.mp4", new OperationCanceledException()).ShouldBeNull();
        ItemFailure.Of("a.mp4", new TaskCanceledException()).ShouldBeNull();
        ItemFailure.Of("a.mp4", FileWriteException.NoRoom("/out/a.csv", 2, 1)).ShouldBeNull();
        ItemFailure.Of("a.mp4", new HashMismatchException("weights", "ab", "cd")).ShouldBeNull();
    }

    [Fact]
    public void WhatAFileDoesItDoesToItselfAlone()
    {
        FileReadException known = new("a.mp4", new FileNotFoundException());
        ItemFailure.Of("a.mp4", known).ShouldBeSameAs(known);
        ItemFailure.Of("a.mp4", new FileNotFoundException()).ShouldBeOfType<FileReadException>().Message.ShouldBe("Cannot read a.mp4: there is no such file.");
        ItemFailure.Of("a.mp4", new UnauthorizedAccessException("no")).ShouldBeOfType<FileReadException>().Path.ShouldBe("a.mp4");
        UnexpectedFailureException fault = ItemFailure.Of("a.mp4", new ArgumentException("odd\nmore")).ShouldBeOfType<UnexpectedFailureException>();
        fault.Message.ShouldContain("ArgumentException: odd");
        fault.Message.ShouldNotContain("more");
    }
}
