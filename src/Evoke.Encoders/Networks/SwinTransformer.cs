using System.Globalization;
using Evoke.Kernels.Attention;
using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

// Shapes: B pictures, S the side of a picture in pixels, T tokens of a stage, C channels, h heads, d = C / h, nW windows of a picture, N tokens of a window.
namespace Evoke.Encoders.Networks;

/// <summary>The shape of a Swin Transformer (Liu et al., ICCV 2021, section 3.3).</summary>
/// <remarks>
/// Every stage's side is a multiple of the window, as it is in the published networks.
/// Immutable, and thread-safe as long as nobody changes its collections.
/// </remarks>
public sealed record SwinConfig
{
    /// <summary>Side in pixels of a patch, which becomes one token.</summary>
    internal const int PatchSide = 4;

    /// <summary>Width of a perceptron's hidden layer over the width of its block.</summary>
    internal const int HiddenRatio = 4;

    /// <summary>Side in pixels of the square input.</summary>
    public int ImageSide { get; init; } = 224;

    /// <summary>Side in tokens of an attention window.</summary>
    public int Window { get; init; } = 7;

    /// <summary>Channels of the first stage; each later stage has twice as many.</summary>
    public required int Width { get; init; }

    /// <summary>Blocks of each stage.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>Attention heads of each stage.</summary>
    public required IReadOnlyList<int> Heads { get; init; }

    /// <summary>Width of the feature: the last stage's channels.</summary>
    public int FeatureWidth => Width << (Depths.Count - 1);

    /// <summary>Swin-T: 28 million parameters, feature 768.</summary>
    public static SwinConfig Tiny { get; } = new() { Width = 96, Depths = [2, 2, 6, 2], Heads = [3, 6, 12, 24] };

    /// <summary>Swin-S: 50 million parameters, feature 768.</summary>
    public static SwinConfig Small { get; } = Tiny with { Depths = [2, 2, 18, 2] };

    /// <summary>Swin-B: 88 million parameters, feature 1024.</summary>
    public static SwinConfig Base { get; } = new() { Width = 128, Depths = [2, 2, 18, 2], Heads = [4, 8, 16, 32] };

    /// <summary>Swin-L: 197 million parameters, feature 1536; the paper's picture encoder.</summary>
    public static SwinConfig Large { get; } = new() { Width = 192, Depths = [2, 2, 18, 2], Heads = [6, 12, 24, 48] };

    /// <summary>The same network for 384-pixel input and windows of 12.</summary>
    public SwinConfig At384 => this with { ImageSide = 384, Window = 12 };

    /// <summary>The windows of a stage that are not shifted; its tokens come in their order.</summary>
    internal WindowGeometry WindowsOf(int stage)
    {
        int side = ImageSide / PatchSide >> stage;
        return new WindowGeometry(side, Math.Min(side, Window), Shift: 0);
    }
}

/// <summary>
/// Swin Transformer (Liu et al., "Hierarchical Vision Transformer using Shifted Windows", ICCV 2021) without its classifier:
/// last stage, layer normalisation, mean over the tokens. Fields have the names that parameters have in microsoft/Swin-Transformer.
/// </summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public sealed class SwinTransformer : IFeatureNetwork
{
    private readonly PatchEmbed _patchEmbed;
    private readonly List<SwinStage> _layers = [];
    private readonly LayerNorm _norm;
    private readonly NetworkPlacement _placement;

    /// <summary>Reads the network.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="weights">Parameters with microsoft's or timm's names, see <see cref="InnerStateDict"/>.</param>
    /// <param name="network">Name of the network, for errors.</param>
    /// <param name="sourceName">Name of the weight file, for errors.</param>
    /// <param name="placement">Where it runs.</param>
    /// <exception cref="WeightsMismatchException">The weights are those of another network.</exception>
    /// <exception cref="RepeatedWeightsException">The weights of the network are there more than once.</exception>
    public SwinTransformer(SwinConfig config, IStateDict weights, string network, string sourceName, NetworkPlacement placement)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(placement);
        _placement = placement;
        FeatureWidth = config.FeatureWidth;

        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        IStateDict own = InnerStateDict.Find(weights, "patch_embed.proj.weight", network, sourceName);
        ParameterReader parameters = new(TimmSwinNames.ToMicrosoft(own), network, sourceName);
        _patchEmbed = new PatchEmbed(parameters["patch_embed"], config, placement);
        for (int stage = 0; stage < config.Depths.Count; stage++)
        {
            _layers.Add(new SwinStage(parameters["layers"][stage], config, stage, placement));
        }

        _norm = LayerNorm.Read(parameters["norm"], FeatureWidth, placement);
        parameters.CompleteOrDispose(this, IsBufferOrClassifier);
    }

    /// <inheritdoc/>
    public int FeatureWidth { get; }

    /// <summary>[B, 3, S, S] to [B, feature width].</summary>
    public Tensor Forward(Tensor batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor tokens = _patchEmbed.Forward(batch.to(_placement.ResolveDevice()));                    // [B, (S/4)², C]
        foreach (SwinStage layer in _layers)
        {
            tokens = layer.Forward(tokens);                                                       // [B, T/4, 2C]; the last keeps [B, T, C]
        }

        return _norm.Forward(tokens).to(ScalarType.Float32).mean([1]);                            // [B, C]
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _patchEmbed.Dispose();
        _layers.ForEach(layer => layer.Dispose());
        _norm.Dispose();
    }

    private static bool IsBufferOrClassifier(string name) =>
        name.StartsWith("head.", StringComparison.Ordinal)
        || name.EndsWith(".relative_position_index", StringComparison.Ordinal)
        || name.EndsWith(".attn_mask", StringComparison.Ordinal);
}

/// <summary>Cuts a picture into 4x4 patches and makes each a token: a convolution whose stride is its size is a linear layer on patches.</summary>
internal sealed class PatchEmbed : IDisposable
{
    private const int PatchSide = SwinConfig.PatchSide;
    private const int PatchNumbers = 3 * PatchSide * PatchSide;

    private readonly LinearLayer _proj;
    private readonly LayerNorm _norm;
    private readonly Tensor _order;
    private readonly ScalarType _type;

    public PatchEmbed(ParameterReader parameters, SwinConfig config, NetworkPlacement placement)
    {
        using Tensor weight = parameters["proj"].Read("weight", config.Width, 3, PatchSide, PatchSide);
        using Tensor bias = parameters["proj"].Read("bias", config.Width);
        using Tensor matrix = weight.view(config.Width, PatchNumbers);                            // [C, 48]
        _proj = LinearLayer.Create(matrix, bias, placement.InFloat, Activation.None);
        _norm = LayerNorm.Read(parameters["norm"], config.Width, placement);
        _order = tensor(config.WindowsOf(stage: 0).Order, device: placement.ResolveDevice()).DetachFromDisposeScope();
        _type = placement.ActivationType;
    }

    /// <summary>[B, 3, S, S] to [B, (S/4)², C] in the order of the first stage's windows.</summary>
    public Tensor Forward(Tensor pictures)
    {
        (long batch, long side) = (pictures.shape[0], pictures.shape[2] / PatchSide);
        Tensor patches = pictures.to(_type)                                                       // [B, 3, S, S]
            .view(batch, 3, side, PatchSide, side, PatchSide)                                     // [B, 3, S/4, 4, S/4, 4]
            .permute(0, 2, 4, 1, 3, 5)                                                            // [B, S/4, S/4, 3, 4, 4]
            .reshape(batch, side * side, PatchNumbers)                                            // [B, (S/4)², 48]
            .index_select(1, _order);
        return _norm.Forward(_proj.Forward(patches));                                             // [B, (S/4)², C]
    }

    public void Dispose()
    {
        _proj.Dispose();
        _norm.Dispose();
        _order.Dispose();
    }
}

/// <summary>A stage: blocks whose windows are shifted every other time, and the merging that leads to the next stage.</summary>
internal sealed class SwinStage : IDisposable
{
    // The perceptron's hidden layer is the largest array of a stage. Above 32 MB the C library returns memory to the system at once, and
    // every use of new memory costs a page fault per 4 KB: whole batches are cut so that it stays well below.
    private const long LargestArrayBytes = 20_000_000;

    private readonly List<SwinBlock> _blocks = [];
    private readonly PatchMerging? _downsample;
    private readonly Tensor? _toShifted;
    private readonly Tensor? _toPlain;
    private readonly Tensor? _toMerging;
    private readonly long _picturesAtOnce;

    /// <summary>Reads a stage.</summary>
    /// <param name="parameters">"layers.N".</param>
    /// <param name="config">The network.</param>
    /// <param name="index">N.</param>
    /// <param name="placement">Where it runs.</param>
    public SwinStage(ParameterReader parameters, SwinConfig config, int index, NetworkPlacement placement)
    {
        WindowGeometry plain = config.WindowsOf(index);
        WindowGeometry shifted = plain with { Shift = plain.Side > plain.Window ? plain.Window / 2 : 0 };
        int width = config.Width << index;
        int depth = config.Depths[index];
        long hiddenBytes = (long)plain.Tokens * SwinConfig.HiddenRatio * width * placement.ActivationType.ElementSize();
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
            _downsample = new PatchMerging(parameters["downsample"], width, placement);
            long[] last = depth % 2 == 0 ? shifted.Order : plain.Order;
            _toMerging = Gather(last, TokenOrder.Merging(plain.Side, config.WindowsOf(index + 1).Order), placement);
        }
    }

    /// <summary>[B, T, C] to [B, T/4, 2C]; the last stage keeps its shape.</summary>
    public Tensor Forward(Tensor tokens) =>
        tokens.shape[0] <= _picturesAtOnce ? ForwardPiece(tokens) : cat([.. tokens.split(_picturesAtOnce).Select(ForwardPiece)]);

    public void Dispose()
    {
        _blocks.ForEach(block => block.Dispose());
        _downsample?.Dispose();
        _toShifted?.Dispose();
        _toPlain?.Dispose();
        _toMerging?.Dispose();
    }

    private Tensor ForwardPiece(Tensor tokens)
    {
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; i < _blocks.Count; i++)
        {
            Tensor? gather = i == 0 ? null : i % 2 == 1 ? _toShifted : _toPlain;
            tokens = _blocks[i].Forward(gather is null ? tokens : tokens.index_select(1, gather)); // [B, T, C]
        }

        tokens = _downsample is null ? tokens : _downsample.Forward(tokens.index_select(1, _toMerging!)); // [B, T/4, 2C]
        return tokens.MoveToOuterDisposeScope();
    }

    private static Tensor Gather(long[] from, long[] to, NetworkPlacement placement) =>
        tensor(TokenOrder.Between(from, to), device: placement.ResolveDevice()).DetachFromDisposeScope();
}

/// <summary>One Swin block: attention within windows, then a two-layer perceptron, each on normalised tokens and added to them (equation 3).</summary>
internal sealed class SwinBlock(ParameterReader parameters, int width, int heads, WindowGeometry windows, NetworkPlacement placement) : IDisposable
{
    private readonly LayerNorm _norm1 = LayerNorm.Read(parameters["norm1"], width, placement);
    private readonly SwinAttention _attn = new(parameters["attn"], width, heads, windows, placement);
    private readonly LayerNorm _norm2 = LayerNorm.Read(parameters["norm2"], width, placement);
    private readonly LinearLayer _fc1 = LinearLayer.Read(parameters["mlp"]["fc1"], width, SwinConfig.HiddenRatio * width, placement, Activation.Gelu);
    private readonly LinearLayer _fc2 = LinearLayer.Read(parameters["mlp"]["fc2"], SwinConfig.HiddenRatio * width, width, placement);

    /// <summary>[B, T, C] to the same, in the order of the block's windows.</summary>
    public Tensor Forward(Tensor tokens)
    {
        // Activations are the bulk of the memory: each block disposes its own.
        using DisposeScope scope = NewDisposeScope();
        Tensor attended = _attn.ForwardAdd(_norm1.Forward(tokens), residual: tokens);             // [B, T, C]
        Tensor hidden = _fc1.Forward(_norm2.Forward(attended));                                   // [B, T, 4C]
        return _fc2.ForwardAdd(hidden, residual: attended).MoveToOuterDisposeScope();             // [B, T, C]
    }

    public void Dispose()
    {
        _norm1.Dispose();
        _attn.Dispose();
        _norm2.Dispose();
        _fc1.Dispose();
        _fc2.Dispose();
    }
}

/// <summary>Multi-head attention within windows, with a learned bias for each pair of relative positions (section 3.2, equation 4).</summary>
internal sealed class SwinAttention : IDisposable
{
    private readonly LinearLayer _qkv;
    private readonly LinearLayer _proj;
    private readonly WindowBias _relativePositionBias;
    private readonly WindowGeometry _windows;
    private readonly int _heads;
    private readonly bool _isOnKernel;

    public SwinAttention(ParameterReader parameters, int width, int heads, WindowGeometry windows, NetworkPlacement placement)
    {
        _windows = windows;
        _heads = heads;
        _qkv = LinearLayer.Read(parameters["qkv"], width, 3L * width, placement);
        _proj = LinearLayer.Read(parameters["proj"], width, width, placement);
        _isOnKernel = !placement.Device.IsCuda && WindowAttention.IsSupported && width == heads * WindowAttention.HeadWidth;
        int offsets = (2 * windows.Window) - 1;
        using Tensor table = parameters.Read("relative_position_bias_table", offsets * offsets, heads);
        _relativePositionBias = new WindowBias(table, windows, placement, padded: _isOnKernel);
    }

    /// <summary>The attention's output plus <paramref name="residual"/>: [B, T, C] in the order of <see cref="WindowGeometry.Order"/>.</summary>
    public Tensor ForwardAdd(Tensor tokens, Tensor residual)
    {
        Tensor qkv = _qkv.Forward(tokens)                                                         // [B, T, 3C]
            .view(tokens.shape[0] * _windows.Windows, _windows.WindowTokens, 3, _heads, -1);      // [B*nW, N, 3, h, d]
        Tensor attended = _isOnKernel
            ? WindowAttention.Compute(qkv, _heads, _relativePositionBias.Kinds, _relativePositionBias.KindOf) // [B*nW, N, C]
            : Attend(qkv);                                                                        // [B*nW, N, h, d]
        return _proj.ForwardAdd(attended.reshape(tokens.shape), residual);                        // [B, T, C]
    }

    public void Dispose()
    {
        _qkv.Dispose();
        _proj.Dispose();
        _relativePositionBias.Dispose();
    }

    // libtorch's own attention: [B*nW, N, 3, h, d] to [B*nW, N, h, d].
    private Tensor Attend(Tensor qkv)
    {
        Tensor parts = qkv.permute(2, 0, 3, 1, 4);                                                // [3, B*nW, h, N, d]
        Tensor bias = _relativePositionBias.ForWindows(qkv.shape[0]);                             // [B*nW, h, N, N]
        return nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], bias).transpose(1, 2);
    }
}

/// <summary>Between two stages: each 2x2 patch of tokens becomes one token of twice the width (section 3.1).</summary>
internal sealed class PatchMerging(ParameterReader parameters, int width, NetworkPlacement placement) : IDisposable
{
    private readonly LayerNorm _norm = LayerNorm.Read(parameters["norm"], 4L * width, placement);
    private readonly LinearLayer _reduction = LinearLayer.Read(parameters["reduction"], 4L * width, 2L * width, placement, hasBias: false);

    /// <summary>[B, T, C] in the order of <see cref="TokenOrder.Merging"/> to [B, T/4, 2C].</summary>
    public Tensor Forward(Tensor tokens)
    {
        Tensor patches = tokens.view(tokens.shape[0], tokens.shape[1] / 4, tokens.shape[2] * 4);  // [B, T/4, 4C]
        return _reduction.Forward(_norm.Forward(patches));                                        // [B, T/4, 2C]
    }

    public void Dispose()
    {
        _norm.Dispose();
        _reduction.Dispose();
    }
}

/// <summary>What is added to the scores of a window: the bias of relative positions, and the mask of its kind.</summary>
internal sealed class WindowBias : IDisposable
{
    // libtorch's attention needs a bias for each window of a batch; kept for the largest batch so far.
    private readonly Tensor _windowBias;
    private Tensor? _batchBias;

    /// <summary>Looks up the biases.</summary>
    /// <param name="table">[(2 * window - 1)², h].</param>
    /// <param name="geometry">The windows.</param>
    /// <param name="placement">Where the attention runs.</param>
    /// <param name="padded">True for <see cref="WindowAttention"/>: float32, with columns that fill up the last vectors.</param>
    public WindowBias(Tensor table, WindowGeometry geometry, NetworkPlacement placement, bool padded)
    {
        using DisposeScope scope = NewDisposeScope();
        KindOf = geometry.Kinds();
        int n = geometry.WindowTokens;
        Tensor index = tensor(WindowGeometry.RelativePositionIndex(geometry.Window));
        Tensor bias = table.index_select(0, index).view(n, n, -1).permute(2, 0, 1);               // [h, N, N]
        Tensor kinds = stack(Enumerable.Range(0, KindOf.Max() + 1).Select(kind => bias + tensor(geometry.Mask(kind), [1, n, n]))); // [kinds, h, N, N]
        Kinds = padded
            ? nn.functional.pad(kinds, [0, WindowAttention.PaddedKeys(n) - n], PaddingModes.Constant, double.NegativeInfinity).DetachFromDisposeScope()
            : kinds.to(placement.ActivationType, placement.ResolveDevice()).DetachFromDisposeScope();
        _windowBias = padded
            ? empty(0).DetachFromDisposeScope()
            : Kinds.index_select(0, tensor(KindOf, ScalarType.Int64, placement.ResolveDevice())).DetachFromDisposeScope(); // [nW, h, N, N]
    }

    /// <summary>One bias for each kind of window: [kinds, h, N, N or more].</summary>
    public Tensor Kinds { get; }

    /// <summary>The kind of each window of a picture.</summary>
    public int[] KindOf { get; }

    /// <summary>[windows, h, N, N]; the windows are those of whole pictures, one after another.</summary>
    public Tensor ForWindows(long windows)
    {
        if (Kinds.shape[0] == 1)
        {
            return Kinds.expand(windows, -1, -1, -1);
        }

        if (_batchBias is null || _batchBias.shape[0] < windows)
        {
            _batchBias?.Dispose();
            _batchBias = _windowBias.repeat(windows / KindOf.Length, 1, 1, 1).DetachFromDisposeScope();
        }

        return _batchBias.narrow(0, 0, windows);
    }

    public void Dispose()
    {
        Kinds.Dispose();
        _windowBias.Dispose();
        _batchBias?.Dispose();
    }
}

/// <summary>How the tokens of a stage fall into attention windows.</summary>
/// <param name="Side">Side of the square of tokens.</param>
/// <param name="Window">Side of a window; divides <paramref name="Side"/>.</param>
/// <param name="Shift">By how many tokens windows are shifted to the right and down; 0 for none.</param>
internal readonly record struct WindowGeometry(int Side, int Window, int Shift)
{
    // The reference's number: far below any score, and finite.
    private const float Forbidden = -100;

    /// <summary>Tokens of a window.</summary>
    public int WindowTokens => Window * Window;

    /// <summary>Windows of a picture.</summary>
    public int Windows => Side / Window * (Side / Window);

    /// <summary>All tokens.</summary>
    public int Tokens => Side * Side;

    /// <summary>The order in which the stage keeps its tokens while this geometry holds.</summary>
    public long[] Order => TokenOrder.Windows(Side, Window, Shift);

    /// <summary>For each pair of tokens of a window, the row of the relative position bias table: [window tokens, window tokens].</summary>
    public static long[] RelativePositionIndex(int window)
    {
        int tokens = window * window;
        long[] index = new long[tokens * tokens];
        for (int i = 0; i < tokens; i++)
        {
            for (int j = 0; j < tokens; j++)
            {
                int dy = (i / window) - (j / window) + window - 1;
                int dx = (i % window) - (j % window) + window - 1;
                index[(i * tokens) + j] = (dy * ((2 * window) - 1)) + dx;
            }
        }

        return index;
    }

    /// <summary>
    /// Which windows share a mask, by their place in a picture: 0 for those within, 1 for the last of each row, 2 for the last row, 3 for the last
    /// corner. Without a shift all are 0.
    /// </summary>
    public int[] Kinds()
    {
        int across = Side / Window;
        bool shifted = Shift > 0;
        return [.. Enumerable.Range(0, Windows).Select(i => (shifted && i % across == across - 1 ? 1 : 0) + (shifted && i / across == across - 1 ? 2 : 0))];
    }

    /// <summary>
    /// What is added to the scores of a kind of window, so that tokens that the roll brought together from opposite edges do not see each
    /// other: [window tokens, window tokens].
    /// </summary>
    public float[] Mask(int kind)
    {
        (int window, int keep) = (Window, Window - Shift);
        float[] mask = new float[WindowTokens * WindowTokens];
        for (int i = 0; i < mask.Length; i++)
        {
            (int first, int second) = Math.DivRem(i, WindowTokens);
            bool apart = ((kind & 1) != 0 && first % window < keep != second % window < keep)
                || ((kind & 2) != 0 && first / window < keep != second / window < keep);
            mask[i] = apart ? Forbidden : 0;
        }

        return mask;
    }
}

/// <summary>The orders in which a square of tokens is kept. An order lists, for each place, the row-major position of the token there.</summary>
/// <remarks>
/// Everything in a Swin stage but attention treats tokens alike, so tokens stay in the order of their windows: a shift of windows, the
/// return from windows and the merging of patches are each one gather, where the reference rolls and copies four times a block.
/// </remarks>
internal static class TokenOrder
{
    /// <summary>Row by row.</summary>
    public static long[] RowMajor(int side) => [.. Enumerable.Range(0, side * side).Select(i => (long)i)];

    /// <summary>Window by window, row by row within each, after the square was rolled by -<paramref name="shift"/> in both directions.</summary>
    public static long[] Windows(int side, int window, int shift)
    {
        long[] order = new long[side * side];
        int place = 0;
        for (int windowY = 0; windowY < side; windowY += window)
        {
            for (int windowX = 0; windowX < side; windowX += window)
            {
                for (int y = windowY; y < windowY + window; y++)
                {
                    for (int x = windowX; x < windowX + window; x++)
                    {
                        order[place++] = ((y + shift) % side * side) + ((x + shift) % side);
                    }
                }
            }
        }

        return order;
    }

    /// <summary>
    /// The four tokens of each 2x2 patch after each other, top left, bottom left, top right, bottom right, patches in <paramref name="coarse"/>
    /// order: four neighbouring rows are then one row of the merged tokens.
    /// </summary>
    /// <param name="side">Side of the fine square.</param>
    /// <param name="coarse">Order of the square of half the side.</param>
    public static long[] Merging(int side, long[] coarse)
    {
        int half = side / 2;
        long[] order = new long[side * side];
        for (int i = 0; i < coarse.Length; i++)
        {
            (long y, long x) = (coarse[i] / half * 2, coarse[i] % half * 2);
            order[4 * i] = (y * side) + x;
            order[(4 * i) + 1] = ((y + 1) * side) + x;
            order[(4 * i) + 2] = (y * side) + x + 1;
            order[(4 * i) + 3] = ((y + 1) * side) + x + 1;
        }

        return order;
    }

    /// <summary>For each place of order <paramref name="to"/>, the place in order <paramref name="from"/> of the same token.</summary>
    public static long[] Between(long[] from, long[] to)
    {
        long[] placeOf = new long[from.Length];
        for (int i = 0; i < from.Length; i++)
        {
            placeOf[from[i]] = i;
        }

        return [.. to.Select(position => placeOf[position])];
    }
}

/// <summary>
/// timm's names for a Swin Transformer (timm 0.9 and later): the merging between stages N and N + 1 is <c>layers.N+1.downsample</c> where
/// microsoft has <c>layers.N.downsample</c>, and the classifier is <c>head.fc</c>. All else is the same.
/// </summary>
internal sealed class TimmSwinNames : IStateDict
{
    private const string Layers = "layers.";
    private const string Downsample = ".downsample.";

    private readonly IStateDict _timm;
    private readonly Dictionary<string, string> _timmNameOf;

    private TimmSwinNames(IStateDict timm)
    {
        _timm = timm;
        _timmNameOf = timm.Names.ToDictionary(MicrosoftName, StringComparer.Ordinal);
    }

    public IReadOnlyCollection<string> Names => _timmNameOf.Keys;

    /// <summary>The same weights under microsoft's names; itself if they have those already.</summary>
    public static IStateDict ToMicrosoft(IStateDict weights) => HasTimmNames(weights) ? new TimmSwinNames(weights) : weights;

    public bool Contains(string name) => _timmNameOf.ContainsKey(name);

    public IReadOnlyList<long> ShapeOf(string name) => _timm.ShapeOf(_timmNameOf[name]);

    public void Read(string name, Span<float> destination) => _timm.Read(_timmNameOf[name], destination);

    // Only microsoft's files have a merging in the first stage.
    private static bool HasTimmNames(IStateDict weights) =>
        weights.Contains("head.fc.weight")
        || (weights.Contains("layers.1.downsample.reduction.weight") && !weights.Contains("layers.0.downsample.reduction.weight"));

    private static string MicrosoftName(string timmName)
    {
        int end = timmName.IndexOf(Downsample, StringComparison.Ordinal);
        return end > 0
            && timmName.StartsWith(Layers, StringComparison.Ordinal)
            && int.TryParse(timmName.AsSpan(Layers.Length, end - Layers.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int stage)
            ? string.Create(CultureInfo.InvariantCulture, $"{Layers}{stage - 1}{timmName[end..]}")
            : timmName;
    }
}
