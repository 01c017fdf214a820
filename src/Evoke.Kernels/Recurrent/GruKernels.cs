using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Evoke.Kernels.Recurrent;

/// <summary>The element-wise parts of a GRU step, forward and backward, each in one pass over memory.</summary>
internal static unsafe class GruKernels
{
    private const int Lanes = 16;

    /// <summary>One step of one clip: gates, new state, and everything that the backward pass needs.</summary>
    public static void Forward<T>(in ForwardRow row, int hidden)
        where T : struct, IElement
    {
        int i = 0;
        for (; i + Lanes <= hidden; i += Lanes)
        {
            Vector512<float> r = Sigmoid(T.Load(row.GateReset, i) + T.Load(row.Recurrent, i) + Vector512.Load(row.Bias + i));
            Vector512<float> z = Sigmoid(T.Load(row.GateUpdate, i) + T.Load(row.Recurrent, hidden + i) + Vector512.Load(row.Bias + hidden + i));
            Vector512<float> part = T.Load(row.Recurrent, (2 * hidden) + i) + Vector512.Load(row.Bias + (3 * hidden) + i);
            Vector512<float> n = Tanh(T.Load(row.GateNew, i) + Vector512.Load(row.Bias + (2 * hidden) + i) + (r * part));
            Vector512<float> before = Vector512.Load(row.State + i);
            Vector512<float> after = n + (z * (before - n));
            after.Store(row.State + i);
            T.Store(row.GateReset, i, r);
            T.Store(row.GateUpdate, i, z);
            T.Store(row.GateNew, i, n);
            T.Store(row.HiddenPart, i, part);
            T.Store(row.Before, i, before);
            T.Store(row.Operand, i, after);
            T.Store(row.Output, i, row.Mask.IsActive ? after * row.Mask.Factors(row.MaskKey, i) : after);
        }

        for (; i < hidden; i++)
        {
            float r = Sigmoid(T.LoadOne(row.GateReset, i) + T.LoadOne(row.Recurrent, i) + row.Bias[i]);
            float z = Sigmoid(T.LoadOne(row.GateUpdate, i) + T.LoadOne(row.Recurrent, hidden + i) + row.Bias[hidden + i]);
            float part = T.LoadOne(row.Recurrent, (2 * hidden) + i) + row.Bias[(3 * hidden) + i];
            float n = MathF.Tanh(T.LoadOne(row.GateNew, i) + row.Bias[(2 * hidden) + i] + (r * part));
            float before = row.State[i];
            float after = n + (z * (before - n));
            row.State[i] = after;
            T.StoreOne(row.GateReset, i, r);
            T.StoreOne(row.GateUpdate, i, z);
            T.StoreOne(row.GateNew, i, n);
            T.StoreOne(row.HiddenPart, i, part);
            T.StoreOne(row.Before, i, before);
            T.StoreOne(row.Operand, i, after);
            T.StoreOne(row.Output, i, row.Mask.IsActive ? after * row.Mask.Factor(row.MaskKey, i) : after);
        }
    }

    /// <summary>One backward step of one clip: gradients of the gates, of their biases, and of the state before.</summary>
    public static void Backward<T>(in BackwardRow row, int hidden)
        where T : struct, IElement
    {
        int i = 0;
        for (; i + Lanes <= hidden; i += Lanes)
        {
            Vector512<float> fromAbove = T.Load(row.Output, i);
            if (row.Mask.IsActive)
            {
                fromAbove *= row.Mask.Factors(row.MaskKey, i);
            }

            Vector512<float> state = fromAbove + Vector512.Load(row.Carry + i) + T.Load(row.Recurrent, i);
            Vector512<float> r = T.Load(row.GateReset, i);
            Vector512<float> z = T.Load(row.GateUpdate, i);
            Vector512<float> n = T.Load(row.GateNew, i);
            Vector512<float> dz = state * (T.Load(row.Before, i) - n) * z * (Vector512<float>.One - z);
            Vector512<float> dn = state * (Vector512<float>.One - z) * (Vector512<float>.One - (n * n));
            Vector512<float> dr = dn * T.Load(row.HiddenPart, i) * r * (Vector512<float>.One - r);
            Vector512<float> dPart = dn * r;
            (state * z).Store(row.Carry + i);
            T.Store(row.DReset, i, dr);
            T.Store(row.DUpdate, i, dz);
            T.Store(row.DNew, i, dn);
            T.Store(row.DHiddenPart, i, dPart);
            T.Store(row.Operand, i, dr);
            T.Store(row.Operand, hidden + i, dz);
            T.Store(row.Operand, (2 * hidden) + i, dPart);
            (Vector512.Load(row.DBias + i) + dr).Store(row.DBias + i);
            (Vector512.Load(row.DBias + hidden + i) + dz).Store(row.DBias + hidden + i);
            (Vector512.Load(row.DBias + (2 * hidden) + i) + dn).Store(row.DBias + (2 * hidden) + i);
            (Vector512.Load(row.DBias + (3 * hidden) + i) + dPart).Store(row.DBias + (3 * hidden) + i);
        }

        for (; i < hidden; i++)
        {
            float fromAbove = T.LoadOne(row.Output, i) * (row.Mask.IsActive ? row.Mask.Factor(row.MaskKey, i) : 1);
            float state = fromAbove + row.Carry[i] + T.LoadOne(row.Recurrent, i);
            float r = T.LoadOne(row.GateReset, i), z = T.LoadOne(row.GateUpdate, i), n = T.LoadOne(row.GateNew, i);
            float dz = state * (T.LoadOne(row.Before, i) - n) * z * (1 - z);
            float dn = state * (1 - z) * (1 - (n * n));
            float dr = dn * T.LoadOne(row.HiddenPart, i) * r * (1 - r);
            float dPart = dn * r;
            row.Carry[i] = state * z;
            T.StoreOne(row.DReset, i, dr);
            T.StoreOne(row.DUpdate, i, dz);
            T.StoreOne(row.DNew, i, dn);
            T.StoreOne(row.DHiddenPart, i, dPart);
            T.StoreOne(row.Operand, i, dr);
            T.StoreOne(row.Operand, hidden + i, dz);
            T.StoreOne(row.Operand, (2 * hidden) + i, dPart);
            row.DBias[i] += dr;
            row.DBias[hidden + i] += dz;
            row.DBias[(2 * hidden) + i] += dn;
            row.DBias[(3 * hidden) + i] += dPart;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Vector512.Exp(-x));

    // tanh x = 1 - 2 / (exp 2x + 1): exact to float32's last bits of 1, which is what a gate needs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Tanh(Vector512<float> x) =>
        Vector512<float>.One - (Vector512.Create(2f) / (Vector512.Exp(x + x) + Vector512<float>.One));

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

    /// <summary>Where one step of one clip reads and writes. Element types are the kernel's but for float pointers.</summary>
    public ref struct ForwardRow
    {
        /// <summary>The input's part of r, then r.</summary>
        public void* GateReset;

        /// <summary>The input's part of z, then z.</summary>
        public void* GateUpdate;

        /// <summary>The input's part of n, then n.</summary>
        public void* GateNew;

        /// <summary>The state's part of (r, z, n), without biases.</summary>
        public void* Recurrent;

        /// <summary>Sums of both biases of r and z, the input's bias of n, the state's bias of n.</summary>
        public float* Bias;

        /// <summary>The state, float32: replaced.</summary>
        public float* State;

        /// <summary>Receives the state's part of n, with its bias.</summary>
        public void* HiddenPart;

        /// <summary>Receives the state before.</summary>
        public void* Before;

        /// <summary>Receives the state after, as the next product's operand.</summary>
        public void* Operand;

        /// <summary>Receives the state after, with dropout.</summary>
        public void* Output;

        /// <summary>The dropout between this layer and the next.</summary>
        public DropoutMask Mask;

        /// <summary>The row's key in it.</summary>
        public uint MaskKey;
    }

    /// <summary>Where one backward step of one clip reads and writes.</summary>
    public ref struct BackwardRow
    {
        /// <summary>The gradient from above, before dropout.</summary>
        public void* Output;

        /// <summary>What came back through z, float32: replaced.</summary>
        public float* Carry;

        /// <summary>What came back through the recurrent weights.</summary>
        public void* Recurrent;

        /// <summary>r.</summary>
        public void* GateReset;

        /// <summary>z.</summary>
        public void* GateUpdate;

        /// <summary>n.</summary>
        public void* GateNew;

        /// <summary>The state's part of n.</summary>
        public void* HiddenPart;

        /// <summary>The state before.</summary>
        public void* Before;

        /// <summary>Receives the gradient of r's sum.</summary>
        public void* DReset;

        /// <summary>Receives the gradient of z's sum.</summary>
        public void* DUpdate;

        /// <summary>Receives the gradient of n's sum.</summary>
        public void* DNew;

        /// <summary>Receives the gradient of the state's part of n.</summary>
        public void* DHiddenPart;

        /// <summary>Receives the gradients of (r, z, the state's part of n), as the next product's operand.</summary>
        public void* Operand;

        /// <summary>Sums of the gradients of r, z, n and the state's part of n: added to.</summary>
        public float* DBias;

        /// <summary>The dropout between this layer and the next.</summary>
        public DropoutMask Mask;

        /// <summary>The row's key in it.</summary>
        public uint MaskKey;
    }
}
