using System.Globalization;
using System.Runtime.InteropServices;
using Evoke.Files;
using Evoke.Kernels.Torch;

namespace Evoke.Cli.Doctor;

/// <summary>Processor, memory and disk.</summary>
internal static class MachineFindings
{
    private const double Gibibyte = 1 << 30;

    // Swin-L's weights are 0.9 GB, and the features of a day of video take about as much.
    private const double WantedFreeGibibytes = 2;

    public static Finding Processor()
    {
        CpuFeatures cpu = CpuFeatures.Current;
        (string Name, bool Has)[] features =
        [
            ("avx2", cpu.Avx2), ("avx512f", cpu.Avx512), ("avx512_bf16", cpu.Avx512BFloat16), ("avx512_vnni", cpu.Avx512Vnni), ("amx", cpu.AmxBFloat16),
        ];
        string has = string.Join(' ', features.Where(feature => feature.Has).Select(feature => feature.Name));
        string lacks = string.Join(' ', features.Where(feature => !feature.Has).Select(feature => feature.Name));
        string missing = lacks.Length > 0 && has.Length > 0 ? $"; no {lacks}" : "";
        string found = $"{RuntimeInformation.ProcessArchitecture}: {(has.Length > 0 ? has : "no SIMD extensions that Evoke uses")}{missing}";
        return cpu.Avx2
            ? Finding.Ok("Processor", $"{found}; the fastest precision is {PrecisionNames.NameOf(PrecisionNames.FastestOn(ComputeDevice.Cpu))}")
            : Finding.Absent("Processor", found, "Networks run, but slowly.");
    }

    public static Finding Threads() => Finding.Ok(
        "Threads",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gibibyte:0.0} GiB of memory"));

    /// <summary>The cache folder can be written to and has free space.</summary>
    public static Finding Cache()
    {
        const string name = "Cache folder";
        string folder = EvokeHome.Resolve();
        string probe = Path.Combine(folder, $".evoke-doctor-{Guid.NewGuid():N}");
        try
        {
            AtomicFile.Write(probe, _ => { });
            File.Delete(probe);
        }
        catch (FileWriteException error)
        {
            return Finding.Missing(
                name,
                $"{folder} cannot be written to: {error.Message}",
                "Set EVOKE_HOME to another folder, or change the permissions of this one.");
        }

        double free = new DriveInfo(folder).AvailableFreeSpace / Gibibyte;
        string found = string.Create(CultureInfo.InvariantCulture, $"{folder}, {free:0.0} GiB free");
        return free >= WantedFreeGibibytes
            ? Finding.Ok(name, found)
            : Finding.Absent(
                name,
                found,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Pretrained weights need {WantedFreeGibibytes} GiB: free some space, or set EVOKE_HOME to a folder on another disk."));
    }
}
