using System.Diagnostics;
using System.Reflection;
using TorchSharp;

namespace Evoke.Kernels.Torch;

/// <summary>The one place where libtorch starts. Every network calls <see cref="Start"/> before its first tensor.</summary>
/// <remarks>libtorch is 460 MB and loads with the first call: code that needs no network must not call this. Thread-safe.</remarks>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static bool s_loaded;
    private static int s_threads;
    private static int? s_threadsWanted;

    [ThreadStatic]
    private static int t_threads;

    /// <summary>
    /// True if TorchSharp.dll is the copy that Evoke's build makes, which keeps the arguments of an operation alive until it returns
    /// (build/torchsharp-lifetimes.targets). With the package's own, a garbage collection on another thread can now and then change a result.
    /// Does not load libtorch.
    /// </summary>
    public static bool KeepsArguments => typeof(torch).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    /// <summary>Loads libtorch once and sets its number of threads.</summary>
    /// <remarks>
    /// libtorch keeps the number for each calling thread, and sums depend on it in their last bits. So whatever computes calls this first, on the thread
    /// that it computes on: a thread that has computed before takes over what was set since.
    /// </remarks>
    /// <param name="threads">Threads of one tensor operation, at least 1; null leaves what was set before, at first the number of processors that this
    /// process may use.</param>
    /// <exception cref="TorchUnavailableException">The native library cannot be loaded.</exception>
    public static void Start(int? threads = null)
    {
        if (threads is { } asked)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(asked, 1);
        }

        if (threads is null && t_threads != 0 && t_threads == Volatile.Read(ref s_threads))
        {
            return;
        }

        lock (Gate)
        {
            Load();
            s_threads = threads ?? (s_threads > 0 ? s_threads : s_threadsWanted ?? Environment.ProcessorCount);
            if (t_threads != s_threads)
            {
                torch.set_num_threads(s_threads);
                t_threads = s_threads;
            }
        }
    }

    /// <summary>Sets how many threads one tensor operation uses, now or once libtorch is loaded. It does not load libtorch.</summary>
    /// <param name="threads">At least 1.</param>
    public static void UseThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        bool started;
        lock (Gate)
        {
            s_threadsWanted = threads;
            started = s_threads > 0;
        }

        if (started)
        {
            Start(threads);
        }
    }

    /// <summary>Threads that one tensor operation uses on the CPU; starts libtorch.</summary>
    /// <exception cref="TorchUnavailableException">The native library cannot be loaded.</exception>
    public static int CountThreads()
    {
        Start();
        return torch.get_num_threads();
    }

    /// <summary>How many NVIDIA GPUs libtorch can use, 0 with the CPU package; starts libtorch.</summary>
    /// <exception cref="TorchUnavailableException">The native library cannot be loaded.</exception>
    public static int CountCudaDevices()
    {
        Start();
        return torch.cuda.is_available() ? torch.cuda.device_count() : 0;
    }

    /// <summary>The torch device behind <paramref name="device"/>; starts libtorch.</summary>
    /// <exception cref="ComputeDeviceException">This machine, or the package that was built, does not have the device.</exception>
    /// <exception cref="TorchUnavailableException">The native library cannot be loaded.</exception>
    public static torch.Device Resolve(ComputeDevice device)
    {
        Start();
        if (!device.IsCuda)
        {
            return torch.CPU;
        }

        int found = CountCudaDevices();
        return device.Index < found
            ? torch.device(DeviceType.CUDA, device.Index)
            : throw new ComputeDeviceException(
                $"Device {device} was requested; libtorch finds "
                + (found == 0
                    ? "no CUDA device (the CPU package is the default; build with -p:TorchBackend=cuda for CUDA)."
                    : $"only {found} CUDA device(s), numbered from 0."));
    }

    /// <summary>The tensor type behind a precision.</summary>
    public static torch.ScalarType ScalarTypeOf(Precision precision) => precision switch
    {
        Precision.Float32 => torch.ScalarType.Float32,
        Precision.BFloat16 => torch.ScalarType.BFloat16,
        Precision.Int8 => throw new ArgumentOutOfRangeException(
            nameof(precision), precision, "Linear layers of some encoders run in int8; tensors are float32 or bfloat16."),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Unknown precision."),
    };

    /// <summary>Loads libtorch once and leaves the number of threads of whatever computes on this thread as it is.</summary>
    /// <exception cref="TorchUnavailableException">The native library cannot be loaded.</exception>
    internal static void Load()
    {
        lock (Gate)
        {
            if (!s_loaded)
            {
                LoadOnce();
                s_loaded = true;
            }
        }
    }

    private static void LoadOnce()
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception error) when (error is DllNotFoundException or NotSupportedException or TypeInitializationException or EntryPointNotFoundException)
        {
            throw new TorchUnavailableException(LibtorchPackage.Explain(LibtorchPackage.Folders(), error.GetBaseException().Message), error);
        }

        ProcessorCaches.TellOneDnn();
        Nnpack.TurnOff();

        // Full float32 on GPUs too: TF32 keeps 10 bits of mantissa, bfloat16 is the faster option.
        torch.backends.cuda.matmul.allow_tf32 = false;
        torch.backends.cudnn.allow_tf32 = false;
    }
}
