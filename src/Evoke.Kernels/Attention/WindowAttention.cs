using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace Evoke.Kernels.Attention;

/// <summary>softmax(q k^T / sqrt(32) + bias) v for many small windows, on a processor with 512-bit vectors.</summary>
/// <remarks>
/// A window of 49 tokens with heads of 32 numbers is far too small for general kernels, which spend their time on calls and copies. Here
/// queries, keys, values and scores of one head of one window stay in the innermost cache throughout. Sums are float32. Thread-safe: without state.
/// </remarks>
public static unsafe class WindowAttention
{
    /// <summary>Width of a head; every Swin Transformer has 32.</summary>
    public const int HeadWidth = 32;

    private const int Lanes = 16;
    private const int CacheLineBytes = 64;
    private const int Rows = SmallMatrix.Rows;

    /// <summary>True where the processor supports it; elsewhere libtorch's own attention is used.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    /// <summary>Keys of a window with those that fill up the last vectors; a bias has this many columns.</summary>
    public static int PaddedKeys(int tokens) => (tokens + SmallMatrix.Columns - 1) / SmallMatrix.Columns * SmallMatrix.Columns;

    /// <summary>Computes attention.</summary>
    /// <param name="qkv">[windows, tokens, 3, heads, 32], contiguous, float32 or bfloat16.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="bias">What is added to the scores: float32 [kinds, heads, tokens, <see cref="PaddedKeys"/>], minus infinity in columns that are no
    /// key.</param>
    /// <param name="kindOf">Which bias each window of a picture has; windows of <paramref name="qkv"/> are those of one picture after another.</param>
    /// <returns>[windows, tokens, heads * 32] of the type of <paramref name="qkv"/>.</returns>
    public static Tensor Compute(Tensor qkv, int heads, Tensor bias, int[] kindOf)
    {
        (int windows, int tokens) = ((int)qkv.shape[0], (int)qkv.shape[1]);
        Tensor output = empty([windows, tokens, heads * HeadWidth], qkv.dtype);
        Shape shape = new(tokens, PaddedKeys(tokens), heads, qkv.dtype == ScalarType.BFloat16);
        fixed (byte* input = qkv.bytes, destination = output.bytes, biasBytes = bias.bytes)
        {
            (nint from, nint to, nint biasStart) = ((nint)input, (nint)destination, (nint)biasBytes);
            OpenMpTeam.For(windows * heads, (first, end) => ComputeRange(shape, (byte*)from, (byte*)to, (float*)biasStart, kindOf, first, end));
        }

        return output;
    }

    private static void ComputeRange(Shape shape, byte* qkv, byte* output, float* bias, int[] kindOf, int first, int end)
    {
        float* scratch = (float*)NativeMemory.AlignedAlloc((nuint)shape.ScratchFloats * sizeof(float), 64);
        try
        {
            for (int item = first; item < end; item++)
            {
                (int window, int head) = Math.DivRem(item, shape.Heads);
                (int nextWindow, int nextHead) = Math.DivRem(Math.Min(item + 1, end - 1), shape.Heads);
                Prefetch(shape, qkv + shape.InputOffset(nextWindow, nextHead), output + shape.OutputOffset(nextWindow, nextHead));
                float* headBias = bias + ((((long)kindOf[window % kindOf.Length] * shape.Heads) + head) * shape.Tokens * shape.PaddedKeys);
                ComputeHead(shape, qkv + shape.InputOffset(window, head), output + shape.OutputOffset(window, head), headBias, scratch);
            }
        }
        finally
        {
            NativeMemory.AlignedFree(scratch);
        }
    }

    // The rows of a head lie so far apart that the processor does not prefetch them by itself and would wait for each.
    private static void Prefetch(in Shape shape, byte* qkv, byte* output)
    {
        for (int token = 0; token < shape.Tokens; token++)
        {
            byte* row = qkv + (token * shape.InputRowBytes);
            for (int line = 0; line < shape.HeadBytes; line += CacheLineBytes)
            {
                Sse.Prefetch0(row + line);
                Sse.Prefetch0(row + shape.PartBytes + line);
                Sse.Prefetch0(row + (2 * shape.PartBytes) + line);
                Sse.Prefetch0(output + (token * shape.OutputRowBytes) + line);
            }
        }
    }

    private static void ComputeHead(in Shape shape, byte* qkv, byte* output, float* bias, float* scratch)
    {
        (int tokens, int keys) = (shape.Tokens, shape.PaddedKeys);
        float* queries = scratch;                            // [tokens, 32], scaled
        float* keysTransposed = queries + (tokens * HeadWidth); // [32, keys]
        float* values = keysTransposed + (HeadWidth * keys); // [tokens, 32]
        float* scores = values + (tokens * HeadWidth);       // [7, keys]
        float* sums = scores + (Rows * keys);                // [7, 32]: the rows of the output
        float* keyRows = sums + (Rows * HeadWidth);          // [tokens, 32]
        Gather(shape, qkv, queries, keyRows, values);
        SmallMatrix.Transpose(keyRows, tokens, HeadWidth, keysTransposed, keys);

        float* inverse = stackalloc float[Rows];
        for (int group = 0; group < tokens; group += Rows)
        {
            // The last group starts early if the rows do not divide evenly: some are computed twice.
            int row = Math.Min(group, tokens - Rows);
            for (int key = 0; key < keys; key += SmallMatrix.Columns)
            {
                SmallMatrix.Multiply(queries + (row * HeadWidth), HeadWidth, keysTransposed + key, keys, HeadWidth, scores + key, keys);
            }

            for (int i = 0; i < Rows; i++)
            {
                inverse[i] = Softmax(scores + (i * keys), bias + ((row + i) * keys), keys);
            }

            SmallMatrix.Multiply(scores, keys, values, HeadWidth, tokens, sums, HeadWidth);
            for (int i = 0; i < Rows; i++)
            {
                Write(sums + (i * HeadWidth), inverse[i], output + ((row + i) * shape.OutputRowBytes), shape.IsBFloat16);
            }
        }
    }

    // Adds the bias and replaces scores by their exponentials; returns the inverse of their sum.
    private static float Softmax(float* scores, float* bias, int keys)
    {
        Vector512<float> highest = Vector512.Create(float.NegativeInfinity);
        for (int key = 0; key < keys; key += Lanes)
        {
            Vector512<float> biased = Vector512.Load(scores + key) + Vector512.Load(bias + key);
            biased.Store(scores + key);
            highest = Avx512F.Max(highest, biased);
        }

        Vector512<float> top = Vector512.Create(HorizontalMax(highest));
        Vector512<float> sum = Vector512<float>.Zero;
        for (int key = 0; key < keys; key += Lanes)
        {
            Vector512<float> power = VectorExp.Exp(Vector512.Load(scores + key) - top);
            power.Store(scores + key);
            sum += power;
        }

        return 1 / Vector512.Sum(sum);
    }

    private static float HorizontalMax(Vector512<float> x)
    {
        Vector256<float> half = Vector256.Max(x.GetLower(), x.GetUpper());
        Vector128<float> quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        quarter = Vector128.Max(quarter, Vector128.Shuffle(quarter, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Max(quarter, Vector128.Shuffle(quarter, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    private static void Gather(in Shape shape, byte* qkv, float* queries, float* keys, float* values)
    {
        Vector512<float> scale = Vector512.Create(1 / MathF.Sqrt(HeadWidth));
        for (int token = 0; token < shape.Tokens; token++)
        {
            byte* row = qkv + (token * shape.InputRowBytes);
            for (int part = 0; part < HeadWidth; part += Lanes)
            {
                int at = (token * HeadWidth) + part;
                (Read(row, part, shape.IsBFloat16) * scale).Store(queries + at);
                Read(row + shape.PartBytes, part, shape.IsBFloat16).Store(keys + at);
                Read(row + (2 * shape.PartBytes), part, shape.IsBFloat16).Store(values + at);
            }
        }
    }

    private static Vector512<float> Read(byte* row, int at, bool isBFloat16) =>
        isBFloat16 ? BFloat16Vector.Load((ushort*)row + at) : Vector512.Load((float*)row + at);

    private static void Write(float* row, float factor, byte* destination, bool isBFloat16)
    {
        for (int part = 0; part < HeadWidth; part += Lanes)
        {
            Vector512<float> values = Vector512.Load(row + part) * factor;
            if (isBFloat16)
            {
                BFloat16Vector.Store(values, (ushort*)destination + part);
            }
            else
            {
                values.Store((float*)destination + part);
            }
        }
    }

    // All sizes and addresses of one call.
    private readonly record struct Shape(int Tokens, int PaddedKeys, int Heads, bool IsBFloat16)
    {
        public int ScratchFloats => (3 * Tokens * HeadWidth) + (HeadWidth * PaddedKeys) + (Rows * PaddedKeys) + (Rows * HeadWidth);

        public int HeadBytes => HeadWidth * NumberBytes;

        public int PartBytes => Heads * HeadBytes;

        public int InputRowBytes => 3 * PartBytes;

        public int OutputRowBytes => PartBytes;

        private int NumberBytes => IsBFloat16 ? sizeof(ushort) : sizeof(float);

        public long InputOffset(int window, int head) => ((long)window * Tokens * InputRowBytes) + (head * HeadBytes);

        public long OutputOffset(int window, int head) => ((long)window * Tokens * OutputRowBytes) + (head * HeadBytes);
    }
}
