using static TorchSharp.torch;

namespace Evoke.Kernels.Recurrent;

/// <summary>The memory of one GRU's pass there and back. It is kept from step to step: fresh pages cost as much as the arithmetic on them.</summary>
internal sealed unsafe class GruWorkspace : IDisposable
{
    private readonly List<Tensor> _all = [];

    /// <summary>Allocates for a shape.</summary>
    public GruWorkspace(GruShape shape)
    {
        Shape = shape;
        ScalarType type = shape.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        int h = shape.Hidden, d = shape.Directions;
        Layers = new Layer[shape.Layers];
        for (int l = 0; l < shape.Layers; l++)
        {
            Layers[l] = new Layer
            {
                Gates = Take(type, shape.Rows, 3 * h * d),
                HiddenPart = Take(type, shape.Rows, h * d),
                Before = Take(type, shape.Rows, h * d),
                Dropped = l + 1 < shape.Layers ? Take(type, shape.Rows, h * d) : null,
                InputWeights = Take(type, 3 * h * d, shape.InputsOf(l)),
                RecurrentWeights = [.. Enumerable.Range(0, d).Select(_ => Take(type, 3 * h, h))],
                Bias = Take(ScalarType.Float32, d, 4 * h),
            };
        }

        Slices = new Slice[d * shape.Slices];
        for (int i = 0; i < Slices.Length; i++)
        {
            (int from, int to) = shape.ClipsOf(i / d);
            int clips = to - from;
            Slices[i] = new Slice
            {
                Direction = i % d,
                FromClip = from,
                ToClip = to,
                State = Take(ScalarType.Float32, clips, h),
                Operand = Take(type, clips, h),
                Recurrent = Take(type, clips, 3 * h),
            };
        }
    }

    /// <summary>What it is for.</summary>
    public GruShape Shape { get; }

    /// <summary>What each layer keeps for the way back.</summary>
    public Layer[] Layers { get; }

    /// <summary>What each thread works with: slice by slice, direction by direction.</summary>
    public Slice[] Slices { get; }

    /// <summary>Gradients of all gates of one layer: [rows, directions * 4 * hidden]. Made when a way back is first taken.</summary>
    public Tensor? GateGradients { get; private set; }

    /// <summary>The gradient of a layer's input: [rows, outputs]. Null for a single layer.</summary>
    public Tensor? InputGradient { get; private set; }

    /// <summary>Makes sure of the memory of the way back.</summary>
    public void PrepareBackward()
    {
        if (GateGradients is not null)
        {
            return;
        }

        ScalarType type = Shape.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        GateGradients = Take(type, Shape.Rows, Shape.Directions * 4 * Shape.Hidden);
        InputGradient = Shape.Layers > 1 ? Take(type, Shape.Rows, Shape.Outputs) : null;
        foreach (Slice slice in Slices)
        {
            slice.OperandBack = Take(type, slice.Clips, 3 * Shape.Hidden);
            slice.Back = Take(type, slice.Clips, Shape.Hidden);
            slice.BiasGradient = Take(ScalarType.Float32, 4 * Shape.Hidden);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in _all)
        {
            tensor.Dispose();
        }
    }

    private Tensor Take(ScalarType type, params long[] shape)
    {
        Tensor tensor = empty(shape, type).DetachFromDisposeScope();
        _all.Add(tensor);
        return tensor;
    }

    /// <summary>What one layer keeps.</summary>
    public sealed class Layer
    {
        /// <summary>First the input's part of the gates, then the gates: [rows, directions * 3 * hidden], columns by <see cref="GateColumns"/>.</summary>
        public required Tensor Gates { get; init; }

        /// <summary>The state's part of n: [rows, directions * hidden].</summary>
        public required Tensor HiddenPart { get; init; }

        /// <summary>The state before each step: [rows, directions * hidden].</summary>
        public required Tensor Before { get; init; }

        /// <summary>The states with dropout, which the next layer takes: [rows, directions * hidden]; null for the last.</summary>
        public required Tensor? Dropped { get; init; }

        /// <summary>weight_ih of all directions: [directions * 3 * hidden, inputs], blocks by <see cref="GateColumns"/>.</summary>
        public required Tensor InputWeights { get; init; }

        /// <summary>weight_hh of each direction: [3 * hidden, hidden].</summary>
        public required Tensor[] RecurrentWeights { get; init; }

        /// <summary>[directions, 4 * hidden], float32: sums of both biases of r and z, the input's bias of n, the state's bias of n.</summary>
        public required Tensor Bias { get; init; }
    }

    /// <summary>What one thread works with.</summary>
    public sealed class Slice
    {
        /// <summary>Which direction.</summary>
        public required int Direction { get; init; }

        /// <summary>The first clip.</summary>
        public required int FromClip { get; init; }

        /// <summary>One past the last clip.</summary>
        public required int ToClip { get; init; }

        /// <summary>How many clips.</summary>
        public int Clips => ToClip - FromClip;

        /// <summary>[clips, hidden], float32: the state, on the way back what is carried through z.</summary>
        public required Tensor State { get; init; }

        /// <summary>[clips, hidden]: the state as the product's operand.</summary>
        public required Tensor Operand { get; init; }

        /// <summary>[clips, 3 * hidden]: the product.</summary>
        public required Tensor Recurrent { get; init; }

        /// <summary>[clips, 3 * hidden]: gradients of gates as the product's operand.</summary>
        public Tensor OperandBack { get; set; } = null!;

        /// <summary>[clips, hidden]: the product on the way back.</summary>
        public Tensor Back { get; set; } = null!;

        /// <summary>[4 * hidden], float32.</summary>
        public Tensor BiasGradient { get; set; } = null!;
    }
}
