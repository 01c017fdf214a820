using Evoke.Kernels.Torch;

namespace Evoke.Kernels.Tests.Torch;

public sealed unsafe class NnpackTests
{
    [Fact]
    public void ItIsOffOnceLibtorchHasStarted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "libtorch for Windows has no NNPACK.");
        TorchRuntime.Start();

        nint libtorch = LoadedLibrary.Open("libtorch_cpu");
        nint context = LoadedLibrary.Find(libtorch, "_ZN2at13globalContextEv");
        nint isOn = LoadedLibrary.Find(libtorch, "_ZNK2at7Context17userEnabledNNPACKEv");

        context.ShouldNotBe(0);
        isOn.ShouldNotBe(0);
        ((delegate* unmanaged<nint, byte>)isOn)(((delegate* unmanaged<nint>)context)()).ShouldBe((byte)0);
    }

    [Fact]
    public void WhatIsNotThereIsNotFound()
    {
        TorchRuntime.Start();

        LoadedLibrary.Find(LoadedLibrary.Open("libtorch_cpu"), "no_such_function").ShouldBe(0);
        LoadedLibrary.Open("no_such_library").ShouldBe(0);
        LoadedLibrary.Find(0, "malloc").ShouldBe(0);
    }
}
