using Evoke.Curves;
using Evoke.Features;

namespace Evoke.Encoders.Deep;

/// <summary>When log-mel patches of 0.96 s start, and which patch belongs to a step.</summary>
internal readonly record struct PatchClock
{
    /// <summary>Distance between patches that do not overlap: 96 frames of 10 ms.</summary>
    private const int PatchHopSamples = 96 * 160;

    private readonly Rate _rate;
    private readonly int _sampleRate;
    private readonly VggishHop _hop;

    public PatchClock(Rate rate, int sampleRate, VggishHop hop)
    {
        _rate = rate;
        _sampleRate = sampleRate;
        _hop = hop;
    }

    /// <summary>The first sample of patch <paramref name="patch"/>.</summary>
    public long StartOf(long patch) => _hop == VggishHop.Patch ? patch * PatchHopSamples : SampleOf(patch);

    /// <summary>The patch whose feature step <paramref name="step"/> takes: the one that starts nearest to it.</summary>
    public int PatchOf(int step) =>
        _hop == VggishHop.Patch ? FeatureClock.StepNear(int.MaxValue, new Rate((double)_sampleRate / PatchHopSamples), step / _rate.Hertz) : step;

    private long SampleOf(long step) => (long)Math.Round(step / _rate.Hertz * _sampleRate);
}
