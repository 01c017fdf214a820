using Evoke.Testing;

namespace Evoke.Curves.Tests;

/// <summary>golden/signal: what scipy says about a curve of 97 steps and 15 emotions at 1 Hz.</summary>
internal static class GoldenSignal
{
    public const int Emotions = 15;
    public const double Tolerance = 1e-9;

    private static readonly SafetensorsFile s_file = SafetensorsFile.Read(Path.Combine(AppContext.BaseDirectory, "Golden", "signal.safetensors"));

    public static double[] Read(string name) => s_file.Doubles(name);

    public static double[] Column(string name, int emotion) => [.. Read(name).Where((_, i) => i % Emotions == emotion)];
}
