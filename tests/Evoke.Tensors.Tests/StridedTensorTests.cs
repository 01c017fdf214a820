using System.Runtime.InteropServices;
using CsCheck;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

/// <summary>Views of stored bytes: which are contiguous, which are refused, and their elements in row-major order.</summary>
public sealed class StridedTensorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GatheringFollowsTheStrides()
    {
        Gen<(long[] Shape, int[] Order, int Gap, int Offset)> views = Gen.Select(
            Gen.Long[1, 5].Array[0, 4], Gen.Int, Gen.Int[1, 3], Gen.Int[0, 5],
            (shape, seed, gap, offset) => (shape, Permutation(shape.Length, seed), gap, offset));
        views.Sample(view =>
        {
            ShouldGather<byte>(DType.U8, view.Shape, view.Order, view.Gap, view.Offset, i => (byte)i);
            ShouldGather<short>(DType.I16, view.Shape, view.Order, view.Gap, view.Offset, i => (short)(i * 31));
            ShouldGather<int>(DType.I32, view.Shape, view.Order, view.Gap, view.Offset, i => i * 70_001);
            ShouldGather<long>(DType.I64, view.Shape, view.Order, view.Gap, view.Offset, i => i * 5_000_000_007L);
        }, iter: 300, threads: 1);
    }

    [Theory]
    [InlineData(33, 65)]
    [InlineData(32, 32)]
    [InlineData(31, 64)]
    [InlineData(1, 100)]
    [InlineData(100, 1)]
    public void LargeMatricesAreGatheredWhole(long rows, long columns)
    {
        ShouldGather<float>(DType.F32, [rows, columns], [1, 0], 1, 0, i => i);
        ShouldGather<float>(DType.F32, [3, rows, columns], [2, 0, 1], 1, 4, i => i);
    }

    [Theory]
    [InlineData(new long[] { }, new long[] { }, true)]
    [InlineData(new long[] { 5 }, new long[] { 1 }, true)]
    [InlineData(new long[] { 5 }, new long[] { 2 }, false)]
    [InlineData(new long[] { 2, 3 }, new long[] { 3, 1 }, true)]
    [InlineData(new long[] { 2, 3 }, new long[] { 1, 2 }, false)]
    [InlineData(new long[] { 2, 3 }, new long[] { 4, 1 }, false)]
    [InlineData(new long[] { 2, 1, 3 }, new long[] { 3, 99, 1 }, true)] // the stride of a single index does not matter
    [InlineData(new long[] { 1, 3 }, new long[] { 0, 1 }, true)]
    [InlineData(new long[] { 0, 3 }, new long[] { 7, 7 }, false)]
    [InlineData(new long[] { 3, 0 }, new long[] { 7, 7 }, true)] // nothing to lie apart
    [InlineData(new long[] { 4, 2, 3 }, new long[] { 6, 3, 1 }, true)]
    [InlineData(new long[] { 4, 2, 3 }, new long[] { 3, 12, 1 }, false)]
    public void ContiguousIsWhatRowMajorOrderGives(long[] shape, long[] strides, bool contiguous) =>
        new StridedTensor("w", DType.U8, shape, strides, 0, StoredBytes.InMemory(new byte[100])).IsContiguous.ShouldBe(contiguous);

    [Fact]
    public void AViewKnowsWhereItLiesInTheFile()
    {
        using MappedFile file = Mapped(100);
        StoredBytes bytes = StoredBytes.Mapped(file, 20, 60);
        TensorInfo info = new StridedTensor("w", DType.F32, [2, 3], [3, 1], 4, bytes).Check("a.pth");
        (info.Name, info.DType, info.ByteOffset, info.ByteLength, info.ElementCount).ShouldBe(("w", DType.F32, 20 + 16, 24, 6));
        new StridedTensor("w", DType.F32, [2, 3], [1, 2], 4, bytes).Check("a.pth").ByteOffset.ShouldBeNull();
        new StridedTensor("w", DType.F32, [2, 0], [1, 1], 15, bytes).Check("a.pth").ByteOffset.ShouldBe(20);
        new StridedTensor("w", DType.F32, [2, 3], [3, 1], 0, bytes.From(8)).Check("a.pth").ByteOffset.ShouldBe(28);
        new StridedTensor("w", DType.F32, [15], [1], 0, bytes).Check("a.pth").ByteLength.ShouldBe(60);
        new StridedTensor("w", DType.F32, [1], [0], 14, bytes).Check("a.pth").ByteLength.ShouldBe(4);
    }

    [Theory]
    [InlineData(new long[] { 16 }, new long[] { 1 }, 0, "[16] at element 0 goes beyond its storage, which has 15 elements.")]
    [InlineData(new long[] { 15 }, new long[] { 1 }, 1, "[15] at element 1 goes beyond its storage, which has 15 elements.")]
    [InlineData(new long[] { 1 }, new long[] { 1 }, 15, "[1] at element 15 goes beyond its storage, which has 15 elements.")]
    [InlineData(new long[] { 2, 2 }, new long[] { 10, 5 }, 0, "[2, 2] at element 0 goes beyond its storage, which has 15 elements.")]
    [InlineData(new long[] { 2 }, new long[] { -1 }, 5, "[2] has the stride -1; expected 0 or more.")]
    [InlineData(new long[] { 2 }, new long[] { 1, 1 }, 0, "[2] at element 0 with strides [1, 1] is not a tensor.")]
    [InlineData(new long[] { 2 }, new long[] { 1 }, -1, "[2] at element -1 with strides [1] is not a tensor.")]
    [InlineData(new long[] { -2 }, new long[] { 1 }, 0, "[-2] at element 0 with strides [1] is not a tensor.")]
    public void AViewBeyondItsBytesIsRefused(long[] shape, long[] strides, long offset, string problem) =>
        Should.Throw<MalformedTensorFileException>(
                () => new StridedTensor("w", DType.F32, shape, strides, offset, StoredBytes.InMemory(new byte[60])).Check("a.pth"))
            .Message.ShouldBe($"a.pth: the tensor 'w' F32 {problem}");

    [Fact]
    public void NoTwoTensorsShareAName()
    {
        StridedTensor tensor = new("w", DType.U8, [1], [1], 0, StoredBytes.InMemory(new byte[1]));
        using MappedFile file = Mapped(1);
        Should.Throw<MalformedTensorFileException>(() => new StridedTensorFile(file, TensorFileFormat.NumpyZip, null, [tensor, tensor])).Message
            .ShouldBe($"{_folder.File("mapped")}: the tensor 'w' appears twice.");
    }

    [Fact]
    public void PartsOfViewsAreRead()
    {
        byte[] stored = [.. Enumerable.Range(0, 12).Select(i => (byte)i)];
        using StridedTensorFile file = new(Mapped(1), TensorFileFormat.NumpyZip, null,
        [
            new("rows", DType.I16, [2, 2], [2, 1], 1, StoredBytes.InMemory(stored)),
            new("columns", DType.I16, [2, 2], [1, 2], 1, StoredBytes.InMemory(stored)),
            new("empty", DType.I16, [0], [1], 6, StoredBytes.InMemory(stored)),
            new("repeated", DType.U8, [3, 2], [0, 1], 4, StoredBytes.InMemory(stored)),
        ]);
        file.GetBytes("repeated").ToArray().ShouldBe([4, 5, 4, 5, 4, 5]);
        file.GetBytes("rows").ToArray().ShouldBe([2, 3, 4, 5, 6, 7, 8, 9]);
        file.GetBytes("rows", 2, 3).ToArray().ShouldBe([4, 5, 6]);
        file.GetBytes("columns").ToArray().ShouldBe([2, 3, 6, 7, 4, 5, 8, 9]);
        file.GetBytes("columns", 2, 3).ToArray().ShouldBe([6, 7, 4]);
        file.GetBytes("empty").ToArray().ShouldBeEmpty();
        file.Metadata.ShouldBeEmpty();
    }

    [Fact]
    public void AViewThatIsTooLargeToCopyIsRefusedWhenItIsAskedFor()
    {
        const long Rows = (1L << 30) + 1;
        using StridedTensorFile file = new(Holes(2 * Rows), TensorFileFormat.NumpyArray, null,
            [new("w", DType.U8, [Rows, 2], [1, Rows], 0, StoredBytes.Mapped(Holes(2 * Rows), 0, 2 * Rows))]);
        Should.Throw<TensorFileLimitException>(() => file.GetBytes("w", 0, 1)).Message
            .ShouldBe($"{_folder.File("holes")}: the tensor w U8 [1073741825, 2] is not contiguous and is too large to copy.");
    }

    private static void ShouldGather<T>(DType type, long[] shape, int[] order, int gap, int offset, Func<int, T> value)
        where T : unmanaged
    {
        // The stored array has the dimensions in another order, with a gap between its elements.
        long[] strides = new long[shape.Length];
        long next = gap;
        foreach (int dimension in order.Reverse())
        {
            strides[dimension] = next;
            next *= shape[dimension];
        }

        T[] stored = [.. Enumerable.Range(0, (int)next + offset).Select(value)];
        StridedTensor tensor = new("w", type, shape, strides, offset, StoredBytes.InMemory(MemoryMarshal.AsBytes(stored.AsSpan()).ToArray()));
        TensorInfo info = tensor.Check("a.pth");

        T[] gathered = MemoryMarshal.Cast<byte, T>(tensor.Gather((int)info.ByteLength)).ToArray();

        List<T> expected = [];
        Walk(0, offset);
        gathered.ShouldBe(expected);

        void Walk(int dimension, long at)
        {
            if (dimension == shape.Length)
            {
                expected.Add(stored[at]);
                return;
            }

            for (int i = 0; i < shape[dimension]; i++)
            {
                Walk(dimension + 1, at + (i * strides[dimension]));
            }
        }
    }

    private static int[] Permutation(int length, int seed)
    {
        int[] order = [.. Enumerable.Range(0, length)];
        new Random(seed).Shuffle(order);
        return order;
    }

    private MappedFile Mapped(int length)
    {
        File.WriteAllBytes(_folder.File("mapped"), new byte[length]);
        return MappedFile.Open(_folder.File("mapped"));
    }

    /// <summary>A long file that takes no room on the disk.</summary>
    private MappedFile Holes(long length)
    {
        using (FileStream file = new(_folder.File("holes"), FileMode.OpenOrCreate))
        {
            file.SetLength(length);
        }

        return MappedFile.Open(_folder.File("holes"));
    }
}
