using Evoke.Cli.Predict;

namespace Evoke.Cli.Tests.Predict;

public sealed class OrderedWorkTests
{
    private static readonly string[] Items = ["a", "b", "c", "d", "e", "f"];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task ResultsAreToldInTheOrderOfTheItems(int atOnce)
    {
        List<string> told = [];
        TaskCompletionSource last = new();
        await OrderedWork.RunAsync(
            Items,
            atOnce,
            async (item, _) =>
            {
                // The first is finished after all others that may run beside it.
                if (item == "a" && atOnce > 1)
                {
                    await last.Task;
                }

                if (item == "f")
                {
                    last.SetResult();
                }

                return item;
            },
            told.Add,
            TestContext.Current.CancellationToken);
        told.ShouldBe(Items);
    }

    [Fact]
    public async Task NoMoreAreWorkedOnAtOnceThanAllowed()
    {
        int running = 0, most = 0;
        await OrderedWork.RunAsync(
            Items,
            2,
            async (item, cancel) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Delay(5, cancel);
                Interlocked.Decrement(ref running);
                return item;
            },
            _ => { },
            TestContext.Current.CancellationToken);
        most.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task AnErrorEndsTheRunAsIfOneWereDoneAfterTheOther()
    {
        List<string> told = [];
        TaskCompletionSource third = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        (await Should.ThrowAsync<InvalidDataException>(OrderedWork.RunAsync(
            Items,
            3,
            async (item, cancel) =>
            {
                switch (item)
                {
                    case "a": // goes on although a later one has failed
                        await cancelled.Task;
                        cancel.IsCancellationRequested.ShouldBeFalse();
                        return item;
                    case "b":
                        await third.Task;
                        throw new InvalidDataException("b ends the run");
                    case "c":
                        third.SetResult();
                        break;
                }

                try
                {
                    await Task.Delay(Timeout.Infinite, cancel);
                }
                finally
                {
                    cancelled.TrySetResult();
                }

                return item;
            },
            told.Add,
            TestContext.Current.CancellationToken))).Message.ShouldBe("b ends the run");
        told.ShouldBe(["a"]);
    }

    [Fact]
    public async Task OfTwoErrorsTheFirstItemsIsThrown()
    {
        TaskCompletionSource second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        (await Should.ThrowAsync<InvalidDataException>(OrderedWork.RunAsync<string, string>(
            Items,
            2,
            async (item, _) =>
            {
                if (item == "a")
                {
                    await second.Task;
                }

                second.TrySetResult();
                throw new InvalidDataException(item);
            },
            _ => { },
            TestContext.Current.CancellationToken))).Message.ShouldBe("a");
    }

    [Fact]
    public async Task AnErrorOfTheTellerEndsTheRunToo()
    {
        List<string> told = [];
        await Should.ThrowAsync<IOException>(OrderedWork.RunAsync(
            Items,
            1,
            (item, _) => Task.FromResult(item),
            item =>
            {
                told.Add(item);
                if (item == "b")
                {
                    throw new IOException("full");
                }
            },
            TestContext.Current.CancellationToken));
        told.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task ACancelledRunIsCancelled()
    {
        using CancellationTokenSource cancel = new();
        List<string> told = [];
        TaskCompletionSource second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Should.ThrowAsync<OperationCanceledException>(OrderedWork.RunAsync(
            Items,
            2,
            async (item, _) =>
            {
                if (item == "b")
                {
                    second.SetResult();
                    return item;
                }

                await second.Task;
                await cancel.CancelAsync();
                cancel.Token.ThrowIfCancellationRequested();
                return item;
            },
            told.Add,
            cancel.Token));
        told.ShouldBe(["b"], "what was finished is told");
    }
}
