namespace Evoke.Kernels.Torch;

/// <summary>NNPACK, a library in libtorch that some convolutions of float32 on the CPU would use.</summary>
/// <remarks>
/// It is left out: it rounds otherwise than oneDNN and libtorch's own code, so that results would depend on the processor, and on processors that it does
/// not know libtorch writes a warning to standard error at each such convolution. TorchSharp has no call for what is
/// <c>torch.backends.nnpack.set_flags(False)</c> in PyTorch.
/// </remarks>
internal static unsafe class Nnpack
{
    /// <summary>Turns it off for this process, where libtorch has such a switch; libtorch must be loaded. On Windows libtorch has no NNPACK.</summary>
    public static void TurnOff()
    {
        nint libtorch = LoadedLibrary.Open("libtorch_cpu");
        nint context = LoadedLibrary.Find(libtorch, "_ZN2at13globalContextEv");
        nint set = LoadedLibrary.Find(libtorch, "_ZN2at7Context20setUserEnabledNNPACKEb");
        if (context != 0 && set != 0)
        {
            ((delegate* unmanaged<nint, byte, void>)set)(((delegate* unmanaged<nint>)context)(), 0);
        }
    }
}
