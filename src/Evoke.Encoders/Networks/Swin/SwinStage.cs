using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.Swin;

/// <summary>A stage: blocks whose windows are shifted every other time, and the merging that leads to the next stage.</summary>
internal sealed class SwinStage : IDisposable
{
    // The perceptron's hidden layer is the largest array of a stage. Above 32 MB the C library gives memory back to the system at once, and
    // every use of new memory costs a page fault per 4 KB: whole batches are cut so that it stays well below.
    private const long LargestArrayBytes = 20_000_000;

    private readonly List<SwinBlock> _blocks = [];
    private readonly Tensor? _toShifted;
    private readonly Tensor? _toPlain;
    private readonly Tensor? _toMerging;
    private readonly PatchMerging? _merging;
    private readonly long _picturesAtOnce;

    /// <summary>Reads a stage.</summary>
    /// <param name="parameters">"layers.N".</param>
    /// <param name="config">The network.</param>
    /// <param name="index">N.</param>
    /// <param name="placement">Where it runs.</param>
    public SwinStage(ParameterReader parameters, SwinConfig config, int index, NetworkPlacement placement)
    {
        WindowGeometry plain = PlainWindows(config, index);
        WindowGeometry shifted = plain with { Shift = plain.Side > plain.Window ? plain.Window / 2 : 0 };
        int width = config.Width << index;
        int depth = config.Depths[index];
        long hiddenBytes = (long)plain.Tokens * SwinBlock.HiddenRatio * width * placement.ActivationType.ElementSize();
        _picturesAtOnce = placement.Device.IsCuda ? long.MaxValue : Math.Max(1, LargestArrayBytes / hiddenBytes);
        for (int block = 0; block < depth; block++)
        {
            _blocks.Add(new SwinBlock(parameters["blocks"][block], width, config.Heads[index], block % 2 == 0 ? plain : shifted, placement));
        }

        if (shifted != plain)
        {
            _toShifted = Gather(plain.Order, shifted.Order, placement);
            _toPlain = Gather(shifted.Order, plain.Order, placement);
        }

        if (index + 1 < config.Depths.Count)
        {
            _merging = new PatchMerging(parameters["downsample"], width, placement);
            long[] last = depth % 2 == 0 ? shifted.Order : plain.Order;
            _toMerging = Gather(last, TokenOrder.Merging(plain.Side, PlainWindows(config, index + 1).Order), placement);
        }
    }

    /// <summary>The unshifted windows of a stage; its tokens come in their order.</summary>
    public static WindowGeometry PlainWindows(SwinConfig config, int stage)
    {
        int side = config.ImageSide / PatchEmbedding.PatchSide >> stage;
        return new WindowGeometry(side, Math.Min(side, config.Window), Shift: 0);
    }

    /// <summary>[B, tokens, C] to [B, tokens / 4, 2C]; the last stage keeps its shape.</summary>
    public Tensor Forward(Tensor tokens) =>
        tokens.shape[0] <= _picturesAtOnce ? ForwardPiece(tokens) : cat([.. tokens.split(_picturesAtOnce).Select(ForwardPiece)]);

    public void Dispose()
    {
        _blocks.ForEach(block => block.Dispose());
        _toShifted?.Dispose();
        _toPlain?.Dispose();
        _toMerging?.Dispose();
        _merging?.Dispose();
    }

    private Tensor ForwardPiece(Tensor tokens)
    {
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; i < _blocks.Count; i++)
        {
            Tensor? gather = i == 0 ? null : i % 2 == 1 ? _toShifted : _toPlain;
            tokens = _blocks[i].Forward(gather is null ? tokens : tokens.index_select(1, gather));
        }

        tokens = _merging is null ? tokens : _merging.Forward(tokens.index_select(1, _toMerging!));
        return tokens.MoveToOuterDisposeScope();
    }

    private static Tensor Gather(long[] from, long[] to, NetworkPlacement placement) =>
        tensor(TokenOrder.Between(from, to), device: placement.TorchDevice).DetachFromDisposeScope();
}
