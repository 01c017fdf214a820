using Evoke.Kernels.Torch;

namespace Evoke.Kernels.Tests.Torch;

public sealed class NativeHeapTests
{
    [Fact]
    public void TheCLibraryTakesTheOptions()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: glibc is Linux's.");
        NativeHeap.KeepFreedMemory().ShouldBeTrue();
    }
}
