using Evoke.Testing;

namespace Evoke.Curves.Tests;

/// <summary>golden/signal: scipy's results for curves of 97 steps and 15 emotions at 1 Hz.</summary>
internal static class GoldenSignal
{
    public const int Emotions = 15;
    public const double Tolerance = 1e-9;

    public static double[] Read(string name) => GoldenFile.ReadDoubles("signal.safetensors", name).Values;

    public static double[] Column(string name, int emotion) => [.. Read(name).Where((_, i) => i % Emotions == emotion)];
}
