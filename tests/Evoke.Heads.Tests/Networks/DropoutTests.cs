using Evoke.Heads.Networks;
using Evoke.Kernels.Recurrent;
using Evoke.Kernels.Torch;
using TorchSharp;

namespace Evoke.Heads.Tests.Networks;

public sealed class DropoutTests
{
    public static TheoryData<string, HeadConfig> Kinds => new()
    {
        { "gru", GoldenHeads.Small with { Dropout = 0.4 } },
        { "emobase", GoldenHeads.EmoBase with { Dropout = 0.4 } },
        { "tcn", GoldenHeads.Tcn with { Dropout = 0.4, VisualWidth = 24, AudioWidth = 8 } },
    };

    public DropoutTests() => TorchRuntime.Start();

    [Theory]
    [InlineData(1, 1, 0.5, 1u)]
    [InlineData(7, 60, 0.3, 12345u)]
    [InlineData(33, 129, 0.05, uint.MaxValue)]
    [InlineData(4, 40, 0.999, 0x80000000u)]
    public void AMaskIsTheSameByVectorsAndByTensors(int rows, int columns, double share, uint seed)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        DropoutMask mask = new(share, seed);
        float[] byVectors = GoldenHeads.Values(mask.ToTensor(rows, columns, torch.CPU));
        GoldenHeads.Values(mask.ByTensors(rows, columns, torch.CPU)).ShouldBe(byVectors);
        byVectors.ShouldBe([.. Enumerable.Range(0, rows * columns).Select(i => mask.Factor(mask.RowKey(i / columns), i % columns))]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheSameSeedLeavesOutTheSameNumbersAndEachPassOthers(string kind, HeadConfig config)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable quiet = torch.no_grad();
        using ReactionHead head = config.Create(seed: 1);
        torch.Tensor visual = GoldenHeads.Input("golden.visual", 3, 60, 24), audio = GoldenHeads.Input("golden.audio", 3, 60, 8);
        float[] Pass() => GoldenHeads.Values(head.forward(visual, audio));

        head.train();
        head.Dropout.Restart(7);
        float[] first = Pass(), second = Pass();
        second.ShouldNotBe(first, kind);
        head.Dropout.Restart(7);
        Pass().ShouldBe(first, kind);
        Pass().ShouldBe(second, kind);
        head.Dropout.Restart(8);
        Pass().ShouldNotBe(first, kind);
        head.eval();
        Pass().ShouldBe(Pass(), kind);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void LibtorchsGeneratorIsLeftAlone(string kind, HeadConfig config)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        byte[] before = [.. torch.random.get_rng_state().bytes];
        using ReactionHead head = config.Create(seed: 1);
        torch.Tensor visual = GoldenHeads.Input("golden.visual", 3, 60, 24), audio = GoldenHeads.Input("golden.audio", 3, 60, 8);
        head.train();
        head.forward(visual, audio).sum().backward();
        head.eval();
        using (torch.no_grad())
        {
            head.forward(visual, audio);
        }

        torch.random.get_rng_state().bytes.SequenceEqual(before).ShouldBeTrue(kind);
    }
}
