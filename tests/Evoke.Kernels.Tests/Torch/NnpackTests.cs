using Evoke.Kernels.Torch;

namespace Evoke.Kernels.Tests.Torch;

public sealed unsafe class NnpackTests
{
    [Fact]
    public void ItIsOffOnceLibtorchHasStarted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "libtorch for Windows has no NNPACK.");
        TorchRuntime.Start();

        nint context = LoadedLibrary.Find("libtorch_cpu", "_ZN2at13globalContextEv");
        nint isOn = LoadedLibrary.Find("libtorch_cpu", "_ZNK2at7Context17userEnabledNNPACKEv");

        context.ShouldNotBe(0);
        isOn.ShouldNotBe(0);
        ((delegate* unmanaged<nint, byte>)isOn)(((delegate* unmanaged<nint>)context)()).ShouldBe((byte)0);
    }

    [Fact]
    public void AFunctionThatNoLoadedLibraryHasIsNotFound() => LoadedLibrary.Find("libtorch_cpu", "no_such_function").ShouldBe(0);
}
