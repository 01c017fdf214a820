using System.IO.Compression;
using System.Text;
using Evoke.Tensors.AnyFormat;
using Evoke.Tensors.Numpy;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

public sealed class NumpyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheArraysOfAnArchiveAreReadInEitherOrder()
    {
        using TensorFile file = WeightFile.Open(Fixture.Path("arrays.npz"));
        file.Format.ShouldBe(TensorFileFormat.NumpyZip);
        file["pca_eigen_vectors"].Shape.ShouldBe([2, 3]);
        file.ReadFloats("pca_eigen_vectors").ShouldBe([0, 1, 2, 3, 4, 5]);
        file["pca_means"].DType.ShouldBe(DType.F64);
        file.ReadDoubles("pca_means").ShouldBe([0, 1, 2, 3, 4, 5]);
        file.ReadIntegers("count").ShouldBe([3]);
        file["count"].Shape.ShouldBeEmpty();
    }

    [Fact]
    public void ACompressedArchiveIsRead()
    {
        using TensorFile file = WeightFile.Open(Fixture.Path("compressed.npz"));
        file.ReadFloats("pca_eigen_vectors").ShouldBe([0, 1, 2, 3, 4, 5]);
        file.ReadFloats("zeros").ShouldAllBe(v => v == 0);
        file["zeros"].ElementCount.ShouldBe(4096);
    }

    [Fact]
    public void ASingleArrayHasTheNameOfItsFile()
    {
        using TensorFile file = WeightFile.Open(Fixture.Path("single.npy"));
        file.ReadFloats("single").ShouldBe([0, 1, 2, 3, 4, 5]);
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", typeof(UnsupportedDTypeException))]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", typeof(UnsupportedDTypeException))]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", typeof(MalformedTensorFileException))]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", typeof(MalformedTensorFileException))]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", typeof(MalformedTensorFileException))]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", typeof(MalformedTensorFileException))]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776,), }", typeof(TruncatedTensorFileException))]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", typeof(MalformedTensorFileException))]
    [InlineData("__import__('os').system('true')", typeof(MalformedTensorFileException))]
    [InlineData("", typeof(MalformedTensorFileException))]
    public void ALyingHeaderIsRefused(string header, Type error)
    {
        byte[] npy = [.. NumpyHeader.Magic, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. Encoding.ASCII.GetBytes(header), .. new byte[8]];
        File.WriteAllBytes(_folder.File("a.npy"), npy);
        Should.Throw(() => WeightFile.Open(_folder.File("a.npy")), error);
    }

    [Fact]
    public void AHeaderLengthBeyondTheBoundIsRefused()
    {
        byte[] npy = [.. NumpyHeader.Magic, 2, 0, 0xFF, 0xFF, 0xFF, 0x7F, .. new byte[100]];
        File.WriteAllBytes(_folder.File("a.npy"), npy);
        Should.Throw<MalformedTensorFileException>(() => WeightFile.Open(_folder.File("a.npy")));
    }

    [Fact]
    public void AZipBombIsRefusedBeforeItIsInflated()
    {
        // 1 GiB of zeros in 1 MiB, with an honest directory.
        using (ZipArchive zip = ZipFile.Open(_folder.File("bomb.npz"), ZipArchiveMode.Create))
        using (Stream entry = zip.CreateEntry("a.npy", CompressionLevel.Fastest).Open())
        {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 100; i++)
            {
                entry.Write(block);
            }
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<TensorFileLimitException>(() => WeightFile.Open(_folder.File("bomb.npz")));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 << 20);
    }
}
