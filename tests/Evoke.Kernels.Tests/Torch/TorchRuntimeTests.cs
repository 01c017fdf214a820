using Evoke.Kernels.Torch;
using TorchSharp;

namespace Evoke.Kernels.Tests.Torch;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void StartLoadsLibtorchAndAMatrixProductIsRight()
    {
        TorchRuntime.Start();
        using torch.Tensor a = torch.tensor(new float[] { 1, 2, 3, 4 }, [2, 2]);
        using torch.Tensor product = a.matmul(a);
        product.data<float>().ToArray().ShouldBe([7, 10, 15, 22]);
        TorchRuntime.CountThreads().ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public void TheCpuResolvesAndAMissingGpuIsNamed()
    {
        TorchRuntime.Resolve(ComputeDevice.Cpu).type.ShouldBe(DeviceType.CPU);
        int found = TorchRuntime.CountCudaDevices();
        Should.Throw<ComputeDeviceException>(() => TorchRuntime.Resolve(ComputeDevice.Cuda(found))).Message.ShouldContain($"cuda:{found}");
    }

    [Fact]
    public void ThreadsAskedForAreUsed()
    {
        int before = TorchRuntime.CountThreads();
        TorchRuntime.UseThreads(1);
        TorchRuntime.CountThreads().ShouldBe(1);
        TorchRuntime.UseThreads(before);
        TorchRuntime.CountThreads().ShouldBe(before);
    }

    [Fact]
    public void ThreadsBelowOneAreRefused() => Should.Throw<ArgumentOutOfRangeException>(() => TorchRuntime.Start(0));

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:3", "cuda:3")]
    public void DevicesAreReadAndWritten(string text, string written) => ComputeDevice.Parse(text).ToString().ShouldBe(written);

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("CPU")]
    public void WhatIsNoDeviceIsRefusedByName(string text) =>
        Should.Throw<ComputeDeviceException>(() => ComputeDevice.Parse(text)).Message.ShouldContain($"'{text}'");

    [Fact]
    public void TheFastestPrecisionFollowsTheChip()
    {
        PrecisionNames.FastestOn(ComputeDevice.Cpu, new CpuFeatures()).ShouldBe(Precision.Float32);
        PrecisionNames.FastestOn(ComputeDevice.Cpu, new CpuFeatures { Avx512BFloat16 = true }).ShouldBe(Precision.BFloat16);
        PrecisionNames.FastestOn(ComputeDevice.Cpu, new CpuFeatures { AmxBFloat16 = true }).ShouldBe(Precision.BFloat16);
        PrecisionNames.FastestOn(ComputeDevice.Cuda(), new CpuFeatures()).ShouldBe(Precision.BFloat16);
    }

    [Fact]
    public void CpuFeaturesAgreeWithTheKernel()
    {
        const string file = "/proc/cpuinfo";
        if (!File.Exists(file))
        {
            Assert.Skip("No /proc/cpuinfo here to compare with.");
        }

        string flags = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) ?? "";
        HashSet<string> known = [.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        CpuFeatures.Current.Avx2.ShouldBe(known.Contains("avx2"));
        CpuFeatures.Current.Avx512BFloat16.ShouldBe(known.Contains("avx512_bf16"));
        CpuFeatures.Current.Avx512Vnni.ShouldBe(known.Contains("avx512_vnni"));
        CpuFeatures.Current.AmxBFloat16.ShouldBe(known.Contains("amx_bf16"));
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void PrecisionNamesRoundTrip(Precision precision) =>
        PrecisionNames.Parse(PrecisionNames.NameOf(precision), ComputeDevice.Cpu).ShouldBe(precision);

    [Fact]
    public void Int8IsForProcessorsThatMultiplyItFast()
    {
        CpuFeatures vnni = new() { Avx512Vnni = true };
        PrecisionNames.Parse("int8", ComputeDevice.Cpu, vnni).ShouldBe(Precision.Int8);
        PrecisionNames.NameOf(Precision.Int8).ShouldBe("int8");
        Should.Throw<PrecisionException>(() => PrecisionNames.Parse("int8", ComputeDevice.Cpu, new CpuFeatures())).Message.ShouldContain("AVX512_VNNI");
        Should.Throw<PrecisionException>(() => PrecisionNames.Parse("int8", ComputeDevice.Cuda(), vnni)).Message.ShouldContain("use bfloat16");
    }

    [Fact]
    public void AnUnknownPrecisionIsRefusedByName() =>
        Should.Throw<PrecisionException>(() => PrecisionNames.Parse("float16", ComputeDevice.Cpu)).Message.ShouldContain("'float16'");
}
