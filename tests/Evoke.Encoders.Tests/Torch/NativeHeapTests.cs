using Evoke.Kernels.Torch;

namespace Evoke.Encoders.Tests.Torch;

public sealed class NativeHeapTests
{
    [Fact]
    public void TheCLibraryTakesTheOptions()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: glibc is Linux's.");
        NativeHeap.KeepFreedMemory().ShouldBeTrue();
    }
}
