using Evoke.Kernels.Torch;

namespace Evoke.Kernels.Tests.Torch;

public sealed class ProcessorCachesTests
{
    private const int Amd = 0x444D4163;
    private const int Intel = 0x6C65746E;
    private static readonly int[] Sizes = [48 << 10, 1 << 20, 4 << 20];

    // As read on a virtual machine with an AMD EPYC of family 26, where oneDNN 3.7.1 computed wrong features and divided by zero.
    [Fact]
    public void AnEmptyLeafOfAmdHidesTheCachesAndTheOlderLeavesTellTheirSizes()
    {
        ProcessorCaches.AreHiddenBy(Hidden).ShouldBeTrue();
        ProcessorCaches.SizesBy(Hidden).ShouldBe(Sizes);
    }

    // The leaf of an EPYC of family 25 that tells them: a data cache of level 1, 32 KiB in 8 ways.
    [Theory]
    [InlineData(Amd, unchecked((int)0x80000021), 0x121, false)]
    [InlineData(Amd, unchecked((int)0x80000021), 0, true)]
    [InlineData(Amd, unchecked((int)0x8000001C), 0x121, true)]
    [InlineData(Intel, unchecked((int)0x80000008), 0, false)]
    public void OnlyAmdWithoutTheLeafHidesThem(int vendor, int highest, int leaf, bool hidden) =>
        ProcessorCaches.AreHiddenBy((asked, _) => asked switch
        {
            0 => (16, 0, vendor, 0),
            unchecked((int)0x80000000) => (highest, 0, 0, 0),
            unchecked((int)0x8000001D) => (leaf, 0, 0, 0),
            _ => default,
        }).ShouldBe(hidden);

    [Fact]
    public void WhereTheOlderLeavesAreEmptyTooTheSizesAreTheUsual() =>
        ProcessorCaches.SizesBy((_, _) => default).ShouldBe([32 << 10, 512 << 10, 4 << 20]);

    [Fact]
    public void ARecordOfOneByteEachIsSetRightWhereverItIs()
    {
        // The whole record as it was found there: stepping, family, cores, then the caches, then what else is told.
        int[] record = [0x300200E, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 2, 15, 1, 0, 11, 26, 2];
        int[] expected = [.. record[..5], .. Sizes, .. record[8..]];
        int[] memory = [1, 1, 1, .. new int[17], 1, .. record, 7, .. record, 1];

        ProcessorCaches.Correct(memory, Sizes).ShouldBe(2);

        memory.ShouldBe([1, 1, 1, .. new int[17], 1, .. expected, 7, .. expected, 1]);
    }

    [Fact]
    public void ARecordThatKnowsItsCachesStaysAsItIs()
    {
        int[] memory = [32 << 10, 512 << 10, 32 << 20, 0, 0, 0, 0, 0, 0, 0, 1, 1, 8, 0, 0, 0, 0, 0, 0, 0, 3, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1];
        int[] before = [.. memory];

        ProcessorCaches.Correct(memory, Sizes).ShouldBe(0);

        memory.ShouldBe(before);
    }

    [Fact]
    public void TheWritablePartsOfLibtorchAreItsOwnAndTheOneThatFollows() =>
        ProcessorCaches.WritableParts(
        [
            "0b00-0c00 rw-p 00000000 00:00 0",
            "1000-3000 r-xp 00000000 fe:00 12                         /some where/libtorch_cpu.so",
            "3000-4000 r--p 00002000 fe:00 12                         /some where/libtorch_cpu.so",
            "4000-5000 rw-p 00003000 fe:00 12                         /some where/libtorch_cpu.so",
            "5000-6000 rw-p 00000000 00:00 0 ",
            "6000-7000 rw-p 00004000 fe:00 12                         /some where/libtorch_cpu.so",
            "7800-8000 rw-p 00000000 00:00 0 ",
            "8000-9000 rw-p 00004000 fe:00 13                         /usr/lib/libother.so",
        ]).ShouldBe([(0x4000, 0x5000), (0x5000, 0x6000), (0x6000, 0x7000)]);

    private static (int Eax, int Ebx, int Ecx, int Edx) Hidden(int leaf, int subleaf) => leaf switch
    {
        0 => (0xD, 0x68747541, Amd, 0x69746E65),
        unchecked((int)0x80000000) => (unchecked((int)0x80000021), 0, 0, 0),
        unchecked((int)0x80000005) => (unchecked((int)0xFF60FF40), unchecked((int)0xFF60FF40), 0x300C0140, 0x20080140),
        unchecked((int)0x80000006) => (0x40802040, 0x60804040, 0x04006140, 0x0FE09140),
        _ => default,
    };
}
