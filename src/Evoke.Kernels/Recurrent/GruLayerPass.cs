using Evoke.Kernels.Layers;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.Recurrent;

/// <summary>One layer of a GRU, forward and backward: large products for all steps at once on all cores, recurrent products on one core each.</summary>
internal readonly unsafe struct GruLayerPass(GruWorkspace workspace, int layer, DropoutMask[] masks)
{
    private GruShape Shape => workspace.Shape;

    private GruWorkspace.Layer Layer => workspace.Layers[layer];

    /// <summary>Copies the weights in, in the arithmetic of the pass.</summary>
    /// <param name="weights">Direction by direction: weight_ih, weight_hh, bias_ih, bias_hh; float32.</param>
    public void LoadWeights(ReadOnlySpan<Tensor> weights)
    {
        using DisposeScope scope = NewDisposeScope();
        int h = Shape.Hidden;
        for (int d = 0; d < Shape.Directions; d++)
        {
            ReadOnlySpan<int> order = GateColumns.InputOrder(d);
            for (int block = 0; block < order.Length; block++)
            {
                Layer.InputWeights.narrow(0, ((d * 3) + block) * h, h).copy_(weights[d * 4].narrow(0, order[block] * h, h));
            }

            Layer.RecurrentWeights[d].copy_(weights[(d * 4) + 1]);
            Tensor bias = Layer.Bias[d]; // [4 H]
            bias.narrow(0, 0, 3 * h).copy_(weights[(d * 4) + 2]);
            bias.narrow(0, 0, 2 * h).add_(weights[(d * 4) + 3].narrow(0, 0, 2 * h));
            bias.narrow(0, 3 * h, h).copy_(weights[(d * 4) + 3].narrow(0, 2 * h, h));
        }
    }

    /// <summary>Runs the layer.</summary>
    /// <param name="input">[rows, inputs].</param>
    /// <param name="output">[rows, outputs], contiguous: receives the states, with dropout.</param>
    public void Forward(Tensor input, Tensor output)
    {
        using DisposeScope scope = NewDisposeScope();
        MatrixProducts.TimesTransposed(input, Layer.InputWeights, Layer.Gates); // [rows, directions * 3 H]
        using RepeatedFactors recurrent = new(Layer.RecurrentWeights, workspace.Slices);
        GruLayerPass pass = this;
        void* states = TensorMemory.PointerTo(output);
        RecurrentWorkers.Run(workspace.Slices.Length, Shape.Workers, job =>
        {
            GruWorkspace.Slice slice = pass.SliceOf(job);
            if (pass.Shape.BFloat16)
            {
                pass.ForwardSlice<BFloat16Element>(slice, recurrent[slice.Direction], states);
            }
            else
            {
                pass.ForwardSlice<Float32Element>(slice, recurrent[slice.Direction], states);
            }
        });
    }

    /// <summary>Runs the layer backward.</summary>
    /// <param name="input">What went in: [rows, inputs].</param>
    /// <param name="outputGradient">[rows, outputs], contiguous.</param>
    /// <param name="inputGradient">[rows, inputs], receives the gradient of the input; null if it is not needed.</param>
    /// <param name="gradients">Receives the gradients of the weights, float32, in the order of the weights.</param>
    public void Backward(Tensor input, Tensor outputGradient, Tensor? inputGradient, Span<Tensor?> gradients)
    {
        using DisposeScope scope = NewDisposeScope();
        GruLayerPass pass = this;
        void* above = TensorMemory.PointerTo(outputGradient);
        using RepeatedFactors recurrent = new([.. Layer.RecurrentWeights.Select(w => w.t())], workspace.Slices);
        RecurrentWorkers.Run(workspace.Slices.Length, Shape.Workers, job =>
        {
            GruWorkspace.Slice slice = pass.SliceOf(job);
            if (pass.Shape.BFloat16)
            {
                pass.BackwardSlice<BFloat16Element>(slice, recurrent[slice.Direction], above);
            }
            else
            {
                pass.BackwardSlice<Float32Element>(slice, recurrent[slice.Direction], above);
            }
        });

        int h = Shape.Hidden, d = Shape.Directions;
        Tensor gates = workspace.GateGradients!; // [rows, directions * 4 H]
        Tensor ofInput = gates.narrow(1, h, 3 * h * d); // [rows, directions * 3 H]
        if (inputGradient is not null)
        {
            MatrixProducts.TimesTransposed(ofInput, Layer.InputWeights.t(), inputGradient);
        }

        Tensor inputWeights = MatrixProducts.TimesTransposed(ofInput.t(), input.t()); // [directions * 3 H, inputs]
        for (int direction = 0; direction < d; direction++)
        {
            Tensor before = Layer.Before.narrow(1, direction * h, h); // [rows, H]
            Tensor ofState = gates.narrow(1, GateColumns.RecurrentStart(direction) * h, 3 * h); // [rows, 3 H]
            Tensor recurrentWeights = MatrixProducts.TimesTransposed(ofState.t(), before.t()); // [3 H, H]
            gradients[direction * 4] = Reordered(inputWeights.narrow(0, direction * 3 * h, 3 * h), GateColumns.InputOrder(direction));
            gradients[(direction * 4) + 1] = Reordered(recurrentWeights, GateColumns.RecurrentOrder(direction));
            (gradients[(direction * 4) + 2], gradients[(direction * 4) + 3]) = BiasGradients(direction);
        }
    }

    private GruWorkspace.Slice SliceOf(int job) => workspace.Slices[job];

    private void ForwardSlice<T>(GruWorkspace.Slice slice, RepeatedFactor recurrentWeights, void* states)
        where T : struct, IElement
    {
        int h = Shape.Hidden, steps = Shape.Steps, d = slice.Direction;
        nint gateRow = (nint)3 * h * Shape.Directions, stateRow = (nint)h * Shape.Directions;
        GateColumns columns = GateColumns.Of(d).InGateRow;
        DropoutMask mask = masks[d];
        float* state = (float*)TensorMemory.PointerTo(slice.State);
        void* operand = TensorMemory.PointerTo(slice.Operand);
        void* recurrent = TensorMemory.PointerTo(slice.Recurrent);
        void* gates = TensorMemory.PointerTo(Layer.Gates);
        void* hiddenPart = TensorMemory.PointerTo(Layer.HiddenPart);
        void* before = TensorMemory.PointerTo(Layer.Before);
        float* bias = (float*)TensorMemory.PointerTo(Layer.Bias) + ((nint)4 * h * d);
        slice.State.bytes.Clear();
        slice.Recurrent.bytes.Clear(); // The state before the first step is zero.
        for (int i = 0; i < steps; i++)
        {
            if (i > 0)
            {
                recurrentWeights.Multiply(slice.Operand, slice.Recurrent); // [clips, 3 H]
            }

            int step = d == 0 ? i : steps - 1 - i;
            for (int clip = 0; clip < slice.Clips; clip++)
            {
                int row = ((slice.FromClip + clip) * steps) + step;
                void* gate = At<T>(gates, row * gateRow);
                nint at = (row * stateRow) + (d * h);
                GruKernels.Forward<T>(
                    new()
                    {
                        GateReset = At<T>(gate, columns.Reset * h),
                        GateUpdate = At<T>(gate, columns.Update * h),
                        GateNew = At<T>(gate, columns.New * h),
                        Recurrent = At<T>(recurrent, (nint)clip * 3 * h),
                        Bias = bias,
                        State = state + ((nint)clip * h),
                        HiddenPart = At<T>(hiddenPart, at),
                        Before = At<T>(before, at),
                        Operand = At<T>(operand, (nint)clip * h),
                        Output = At<T>(states, at),
                        Mask = mask,
                        MaskKey = mask.RowKey(row),
                    },
                    h);
            }
        }
    }

    private void BackwardSlice<T>(GruWorkspace.Slice slice, RepeatedFactor recurrentWeights, void* above)
        where T : struct, IElement
    {
        int h = Shape.Hidden, steps = Shape.Steps, d = slice.Direction;
        nint gateRow = (nint)3 * h * Shape.Directions, stateRow = (nint)h * Shape.Directions, gradientRow = (nint)4 * h * Shape.Directions;
        GateColumns columns = GateColumns.Of(d);
        GateColumns inGates = columns.InGateRow;
        DropoutMask mask = masks[d];
        float* carry = (float*)TensorMemory.PointerTo(slice.State);
        float* biasGradient = (float*)TensorMemory.PointerTo(slice.BiasGradient);
        void* operand = TensorMemory.PointerTo(slice.OperandBack);
        void* back = TensorMemory.PointerTo(slice.Back);
        void* gates = TensorMemory.PointerTo(Layer.Gates);
        void* hiddenPart = TensorMemory.PointerTo(Layer.HiddenPart);
        void* before = TensorMemory.PointerTo(Layer.Before);
        void* gradients = TensorMemory.PointerTo(workspace.GateGradients!);
        slice.State.bytes.Clear();
        slice.Back.bytes.Clear();
        slice.BiasGradient.bytes.Clear();
        for (int i = steps - 1; i >= 0; i--)
        {
            int step = d == 0 ? i : steps - 1 - i;
            for (int clip = 0; clip < slice.Clips; clip++)
            {
                int row = ((slice.FromClip + clip) * steps) + step;
                void* gate = At<T>(gates, row * gateRow);
                void* gradient = At<T>(gradients, row * gradientRow);
                nint at = (row * stateRow) + (d * h);
                GruKernels.Backward<T>(
                    new()
                    {
                        Output = At<T>(above, at),
                        Carry = carry + ((nint)clip * h),
                        Recurrent = At<T>(back, (nint)clip * h),
                        GateReset = At<T>(gate, inGates.Reset * h),
                        GateUpdate = At<T>(gate, inGates.Update * h),
                        GateNew = At<T>(gate, inGates.New * h),
                        HiddenPart = At<T>(hiddenPart, at),
                        Before = At<T>(before, at),
                        DReset = At<T>(gradient, columns.Reset * h),
                        DUpdate = At<T>(gradient, columns.Update * h),
                        DNew = At<T>(gradient, columns.New * h),
                        DHiddenPart = At<T>(gradient, columns.HiddenPart * h),
                        Operand = At<T>(operand, (nint)clip * 3 * h),
                        DBias = biasGradient,
                        Mask = mask,
                        MaskKey = mask.RowKey(row),
                    },
                    h);
            }

            if (i > 0)
            {
                recurrentWeights.Multiply(slice.OperandBack, slice.Back); // [clips, H]
            }
        }
    }

    private Tensor Reordered(Tensor blocks, ReadOnlySpan<int> order)
    {
        int h = Shape.Hidden;
        Tensor result = empty(blocks.shape, ScalarType.Float32);
        for (int block = 0; block < order.Length; block++)
        {
            result.narrow(0, order[block] * h, h).copy_(blocks.narrow(0, block * h, h));
        }

        return result.MoveToOuterDisposeScope();
    }

    private (Tensor OfInput, Tensor OfState) BiasGradients(int direction)
    {
        int h = Shape.Hidden;
        Tensor sum = zeros(4 * h);
        foreach (GruWorkspace.Slice slice in workspace.Slices)
        {
            if (slice.Direction == direction)
            {
                sum.add_(slice.BiasGradient);
            }
        }

        Tensor ofState = cat([sum.narrow(0, 0, 2 * h), sum.narrow(0, 3 * h, h)]);
        return (sum.narrow(0, 0, 3 * h).clone().MoveToOuterDisposeScope(), ofState.MoveToOuterDisposeScope());
    }

    /// <summary>Each direction's factor.</summary>
    private sealed class RepeatedFactors(IReadOnlyList<Tensor> weights, GruWorkspace.Slice[] slices) : IDisposable
    {
        private readonly RepeatedFactor[] _factors = [.. weights.Select(weight => new RepeatedFactor(weight, slices[0].Clips))];

        public RepeatedFactor this[int direction] => _factors[direction];

        public void Dispose() => Array.ForEach(_factors, factor => factor.Dispose());
    }

    private static void* At<T>(void* start, nint element)
        where T : struct, IElement => (byte*)start + (element * T.Size);
}
