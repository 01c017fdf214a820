using Evoke.Encoders.Networks;
using Evoke.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Encoders.Tests.Networks;

/// <summary>Runs a network and compares it with golden figures.</summary>
internal static class NetworkAssert
{
    /// <summary>Features of "golden.image" [batch, 3, side, side], row-major.</summary>
    public static float[] FeaturesOfGoldenImage(IFeatureNetwork network, int batch, int side)
    {
        float[] pixels = GoldenTensor.SymmetricUnits("golden.image", batch * 3 * side * side, scale: 2);
        return Features(network, pixels, [batch, 3, side, side]);
    }

    /// <summary>Features of a batch, row-major.</summary>
    public static float[] Features(IFeatureNetwork network, float[] values, long[] shape)
    {
        using IDisposable grad = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        return network.Forward(tensor(values, shape)).cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>Every number is within <paramref name="tolerance"/> times the largest.</summary>
    public static void IsWithin(double tolerance, float[] found, float[] expected)
    {
        found.Length.ShouldBe(expected.Length);
        double largest = expected.Max(Math.Abs);
        double error = found.Zip(expected, (a, b) => Math.Abs((double)a - b)).Max();
        (error / largest).ShouldBeLessThan(tolerance);
    }
}
