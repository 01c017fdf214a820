using System.Globalization;
using System.Runtime.InteropServices;
using Evoke.Kernels.Torch;

namespace Evoke.Bench;

/// <summary>The machine that the figures were measured on.</summary>
internal static class Machine
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>One line: date, processor, its instructions, .NET.</summary>
    public static string Describe()
    {
        CpuFeatures cpu = CpuFeatures.Current;
        string instructions = string.Join(
            ' ',
            new[]
            {
                (cpu.Avx2, "avx2"), (cpu.Avx512, "avx512"), (cpu.Avx512BFloat16, "avx512_bf16"), (cpu.Avx512Vnni, "avx512_vnni"),
                (cpu.AmxBFloat16, "amx_bf16"),
            }
                .Where(feature => feature.Item1).Select(feature => feature.Item2));
        string date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{date}; {Processor()}, {Environment.ProcessorCount} processors, {instructions}; {RuntimeInformation.FrameworkDescription}";
    }

    private static string Processor() =>
        File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
                ?? "unknown processor"
            : RuntimeInformation.ProcessArchitecture.ToString();
}
