using System.Globalization;
using Evoke.Encoders.Onnx;
using Evoke.Files;
using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Torch;
using Microsoft.Data.Sqlite;
using TorchSharp;

namespace Evoke.Cli.Doctor;

/// <summary>Native libraries: each check loads the library and calls it.</summary>
internal static class NativeFindings
{
    private const string Rebuild =
        "Install Evoke.Tool again, or rebuild from a clean checkout: git clean -xdf src && ./evoke doctor. libtorch needs glibc 2.28 or later on x86-64 Linux.";

    /// <summary>libtorch loads, and it and oneDNN multiply two matrices with the result of plain loops.</summary>
    public static Finding Torch()
    {
        const string name = "libtorch";
        try
        {
            TorchRuntime.Start();
            float deviation = ProductDeviation();
            string found = string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join('.', torch.__version__.Split('.').Take(3))}, {TorchRuntime.CountThreads()} threads; "
                + $"products of matrices are right to {deviation:0.0e0}");
            if (!TorchRuntime.KeepsArguments)
            {
                const string reason = "TorchSharp.dll is not the copy that Evoke's build makes: now and then operations may fail or give wrong numbers. ";
                return Finding.Missing(name, found, reason + Rebuild);
            }

            return deviation < 1e-4f ? Finding.Ok(name, found) : Finding.Missing(name, found, "Matrix products are wrong on this machine. " + Rebuild);
        }
        catch (EvokeException error)
        {
            return Finding.Missing(name, error.Message, Rebuild);
        }
    }

    public static Finding OnnxRuntime() => Loaded("ONNX Runtime", OnnxRuntimeLibrary.Start);

    public static Finding Sqlite() => Loaded("SQLite", () =>
    {
        using SqliteConnection connection = new("Data Source=:memory:");
        connection.Open();
        return connection.ServerVersion;
    });

    public static Finding Gpu()
    {
        const string name = "GPU";
        try
        {
            int devices = TorchRuntime.CountCudaDevices();
            if (devices > 0)
            {
                return Finding.Ok(name, string.Create(CultureInfo.InvariantCulture, $"{devices} CUDA device{(devices == 1 ? "" : "s")}; use --device cuda"));
            }

            return File.Exists("/proc/driver/nvidia/version")
                ? Finding.Absent(name, "there is an NVIDIA driver, but this build is for the CPU", "Build with -p:TorchBackend=cuda: see docs/gpu.md.")
                : Finding.Absent(name, "none; networks run on the CPU");
        }
        catch (TorchUnavailableException)
        {
            return Finding.Absent(name, "unknown, because libtorch does not load");
        }
    }

    /// <summary>
    /// The largest difference between products and those of plain loops: libtorch's, and those of the layers of networks, by oneDNN where it is used.
    /// </summary>
    private static float ProductDeviation()
    {
        const int rows = 1024, inner = 48, columns = 96;
        float[] left = [.. Enumerable.Range(0, rows * inner).Select(i => MathF.Sin(i))];
        float[] right = [.. Enumerable.Range(0, columns * inner).Select(i => MathF.Cos(i))];
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor input = torch.tensor(left).reshape(rows, inner);
        torch.Tensor weight = torch.tensor(right).reshape(columns, inner);
        using LinearLayer layer = LinearLayer.Create(weight, torch.zeros(columns), NetworkPlacement.Exact, Activation.None);
        float[][] products = [[.. input.matmul(weight.t()).data<float>()], [.. layer.Forward(input).data<float>()]];
        float worst = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double sum = 0;
                for (int k = 0; k < inner; k++)
                {
                    sum += (double)left[(row * inner) + k] * right[(column * inner) + k];
                }

                foreach (float[] product in products)
                {
                    worst = MathF.Max(worst, MathF.Abs(product[(row * columns) + column] - (float)sum));
                }
            }
        }

        return worst;
    }

    private static Finding Loaded(string name, Func<string> version)
    {
        try
        {
            return Finding.Ok(name, version());
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException or BadImageFormatException)
        {
            return Finding.Missing(name, error.GetBaseException().Message, Rebuild);
        }
    }
}
