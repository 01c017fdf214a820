namespace Evoke.Encoders.LowLevel.Audio;

/// <summary>How the spectrum changes, and how often something begins to sound.</summary>
internal sealed class OnsetDescriptors
{
    // Changes far below what is heard beside them do not count.
    private const float Floor = -70;

    private const float OnsetFlux = 4; // dB, mean over the bands
    private const int LeastFramesBetween = 4; // 64 ms
    private const float FluxScale = 0.1f;

    private readonly float[] _before = new float[SoundFrame.BandCount];
    private bool _hasBefore;
    private int _framesSinceOnset = LeastFramesBetween;
    private float _fluxBefore;
    private RunningMoments _flux;
    private float _largest;
    private int _onsets;

    /// <summary>What <see cref="Write"/> writes, in its order.</summary>
    public static IReadOnlyList<Descriptor> Table { get; } =
    [
        new(
            "flux.mean", "10 dB = 1", 0, 8,
            "Spectral flux: rise in dB from frame to frame (16 ms), falls counted as 0, mean over the 16 mel bands and over frames; levels below -70 dBFS "
            + "count as -70."),
        new("flux.peak", "10 dB = 1", 0, 8, "The largest flux of a frame."),
        new(
            "onset.rate", "onsets per second", 0, 100,
            "Flux that rises above 4 dB, at least 64 ms after the one before, over the step's length in seconds; the start of the film's sound does not "
            + "count."),
    ];

    public void Add(SoundFrame frame)
    {
        float flux = Flux(frame.BandDecibels);
        _flux.Add(flux);
        _largest = Math.Max(_largest, flux);
        _framesSinceOnset++;
        if (flux >= OnsetFlux && flux > _fluxBefore && _framesSinceOnset > LeastFramesBetween)
        {
            _onsets++;
            _framesSinceOnset = 0;
        }

        _fluxBefore = flux;
    }

    public void Write(double seconds, Span<float> values)
    {
        values[0] = (float)_flux.Mean * FluxScale;
        values[1] = _largest * FluxScale;
        values[2] = (float)(_onsets / seconds);
        (_flux, _largest, _onsets) = (default, 0, 0);
    }

    private float Flux(float[] bands)
    {
        float rise = 0;
        for (int band = 0; band < bands.Length; band++)
        {
            float level = Math.Max(bands[band], Floor);
            rise += Math.Max(0, level - _before[band]);
            _before[band] = level;
        }

        bool first = !_hasBefore;
        _hasBefore = true;
        return first ? 0 : rise / bands.Length;
    }
}
