using System.Globalization;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace Evoke.Kernels.Torch;

/// <summary>The sizes of the processor's caches, as oneDNN believes them to be.</summary>
/// <remarks>
/// oneDNN, which is part of libtorch, reads them from CPUID leaf 8000001D of AMD's processors. Some virtual machines leave that leaf empty. oneDNN then
/// takes each cache for one byte, divides layers into blocks of no size, and computes wrong numbers, writes beyond its buffers or divides by zero, without
/// a word. So where the leaf is empty, the sizes that it should have had are written into oneDNN's own record before anything is computed.
/// The record is <c>Xbyak::util::Cpu</c> (oneDNN's src/cpu/x64/xbyak/xbyak_util.h), which no function sets.
/// </remarks>
internal static unsafe class ProcessorCaches
{
    private const string Library = "libtorch_cpu.so";
    private const int CacheLeaf = unchecked((int)0x8000001D);
    private const int Amd = 0x444D4163; // "cAMD", the end of "AuthenticAMD".

    // The record has room for ten levels: their sizes, how many cores share each, and how many levels there are. CPUID tells of three.
    private const int Room = 10;
    private const int Levels = 3;
    private const int RecordLength = (2 * Room) + 1;

    // What oneDNN itself takes for processors that tell nothing, but for the third level: a core's share in AMD's Zen, 16 or 32 MiB for four or eight cores.
    private const int UsualFirst = 32 << 10;
    private const int UsualSecond = 512 << 10;
    private const int UsualThird = 4 << 20;

    /// <summary>True if this processor is AMD's and the machine does not tell programs the sizes of its caches where oneDNN looks for them.</summary>
    public static bool AreHidden { get; } = X86Base.IsSupported && AreHiddenBy(X86Base.CpuId);

    /// <summary>True if <paramref name="cpuId"/> is of an AMD processor and its leaf of caches is empty or missing.</summary>
    /// <param name="cpuId">CPUID: leaf and subleaf to the four registers.</param>
    public static bool AreHiddenBy(Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuId) =>
        cpuId(0, 0).Ecx == Amd
        && ((uint)cpuId(unchecked((int)0x80000000), 0).Eax < unchecked((uint)CacheLeaf) || (cpuId(CacheLeaf, 0).Eax & 31) == 0);

    /// <summary>Bytes of a core's data caches of levels 1 to 3, from the older leaves 80000005 and 80000006; usual sizes where those are empty too.</summary>
    /// <param name="cpuId">CPUID: leaf and subleaf to the four registers.</param>
    public static IReadOnlyList<int> SizesBy(Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuId)
    {
        int first = (int)((uint)cpuId(unchecked((int)0x80000005), 0).Ecx >> 24) << 10;
        int second = (int)((uint)cpuId(unchecked((int)0x80000006), 0).Ecx >> 16) << 10;
        return [first > 0 ? first : UsualFirst, second > 0 ? second : UsualSecond, UsualThird];
    }

    /// <summary>Gives oneDNN the sizes of the caches if the machine hides them; libtorch must be loaded and nothing computed yet.</summary>
    /// <exception cref="TorchUnavailableException">The sizes are hidden, and oneDNN's record was not found: its results would be wrong.</exception>
    public static void TellOneDnn()
    {
        if (!AreHidden)
        {
            return;
        }

        ReadRecord();
        int found = 0;
        foreach ((nint from, nint to) in OperatingSystem.IsLinux() ? WritableParts(File.ReadLines("/proc/self/maps")) : [])
        {
            found += Correct(new Span<int>((void*)from, (int)Math.Min((to - from) / sizeof(int), int.MaxValue)), SizesBy(X86Base.CpuId));
        }

        if (found == 0)
        {
            throw new TorchUnavailableException(
                "This machine hides the sizes of its processor's caches (CPUID leaf 8000001D is empty), and libtorch's oneDNN computes wrong numbers without"
                + " them. Let the virtual machine pass the leaf on to its guest (QEMU: -cpu host,host-cache-info=on), or use another machine.");
        }
    }

    /// <summary>Writes <paramref name="sizes"/> into each record in <paramref name="memory"/> that takes its three caches for one byte each.</summary>
    /// <returns>How many there were.</returns>
    public static int Correct(Span<int> memory, IReadOnlyList<int> sizes)
    {
        ReadOnlySpan<int> oneByteEach = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
        int found = 0;
        for (int at = 0, next; (next = memory[at..].IndexOf(oneByteEach)) >= 0; at++)
        {
            at += next;
            if (at + RecordLength > memory.Length)
            {
                break;
            }

            Span<int> record = memory.Slice(at, RecordLength);
            Span<int> sharing = record[Room..];
            if (!sharing[..Levels].ContainsAnyExceptInRange(1, int.MaxValue) && !sharing[Levels..Room].ContainsAnyExcept(0) && sharing[Room] == Levels)
            {
                for (int level = 0; level < Levels; level++)
                {
                    record[level] = sizes[level];
                    sharing[level] = 1;
                }

                found++;
            }
        }

        return found;
    }

    /// <summary>The writable parts of libtorch in a list of mapped memory: its own, and the one that follows, which holds what the file does not.</summary>
    /// <param name="maps">Lines of /proc/self/maps.</param>
    public static IEnumerable<(nint From, nint To)> WritableParts(IEnumerable<string> maps)
    {
        nint end = 0;
        foreach (string line in maps)
        {
            string[] fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            string[] bounds = fields[0].Split('-');
            nint from = nint.Parse(bounds[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            nint to = nint.Parse(bounds[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            bool library = fields.Length == 6 && fields[5].EndsWith(Library, StringComparison.Ordinal);
            bool rest = fields.Length < 6 && from == end;
            end = library || rest ? to : 0;
            if ((library || rest) && fields[1].StartsWith("rw", StringComparison.Ordinal))
            {
                yield return (from, to);
            }
        }
    }

    // oneDNN fills its record when it is first asked for anything. Here it is asked what the processor can do: whatever it computed with the wrong sizes
    // it would go on to compute so.
    private static void ReadRecord()
    {
        using IDisposable scope = NewDisposeScope();
        using jit.ScriptModule module = jit.load(ScriptArchive.Create(
            "Caches",
            """
              def ask(self: __torch__.Caches, x: Tensor) -> Tensor:
                known = ops.mkldnn._is_mkldnn_bf16_supported()
                return x

            """));
        _ = module.CallMethod("ask", ones(1));
    }
}
