using System.Globalization;
using System.Runtime.InteropServices;
using Evoke.Files;
using Evoke.Kernels.Torch;

namespace Evoke.Cli.Doctor;

/// <summary>Processor, memory and disk.</summary>
internal static class MachineFindings
{
    private const double Gibibyte = 1 << 30;

    // Swin-L's weights are 0.9 GB, and features of a day of video as much again.
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
        string found = $"{RuntimeInformation.ProcessArchitecture}: {(has.Length > 0 ? has : "none of the wide instructions")}{(lacks.Length > 0 && has.Length > 0 ? $"; no {lacks}" : "")}";
        return cpu.Avx2
            ? Finding.Ok("Processor", $"{found}; fastest precision is {PrecisionNames.NameOf(PrecisionNames.FastestOn(ComputeDevice.Cpu))}")
            : Finding.Absent("Processor", found, "Networks work, but slowly.");
    }

    public static Finding Threads() => Finding.Ok(
        "Threads", string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gibibyte:0.0} GiB of memory"));

    /// <summary>The cache can be written to and has room.</summary>
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
            return Finding.Missing(name, $"{folder} cannot be written to: {error.Message}", "Name another folder in EVOKE_HOME, or change the permissions of this one.");
        }

        double free = new DriveInfo(folder).AvailableFreeSpace / Gibibyte;
        string found = string.Create(CultureInfo.InvariantCulture, $"{folder}, {free:0.0} GiB free");
        return free >= WantedFreeGibibytes
            ? Finding.Ok(name, found)
            : Finding.Absent(name, found, string.Create(CultureInfo.InvariantCulture, $"Pretrained weights want {WantedFreeGibibytes} GiB: make room, or name a folder on another disk in EVOKE_HOME."));
    }
}
