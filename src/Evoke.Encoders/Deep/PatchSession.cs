using Evoke.Encoders.Batches;
using Evoke.Encoders.Networks;
using Evoke.Encoders.Signal;

namespace Evoke.Encoders.Deep;

/// <summary>The sound of one video passing through a network on log-mel patches.</summary>
internal sealed class PatchSession : IAudioEncodingSession
{
    private const int HopSamples = 160;
    private const int WindowSamples = 400;
    private const int PatchNumbers = VggishNetwork.PatchFrames * VggishNetwork.PatchBands;

    /// <summary>Samples under a patch: 95 hops and a window.</summary>
    private const int PatchSamples = ((VggishNetwork.PatchFrames - 1) * HopSamples) + WindowSamples;

    private readonly PatchClock _clock;
    private readonly LogMelSpectrogram _spectrogram;
    private readonly BatchEncoder _encode;
    private readonly FeatureRows _rows;
    private readonly float[] _patches;
    private readonly SampleQueue _samples = new();
    private readonly int _width;
    private int _waiting;
    private int _patchesSoFar;

    /// <summary>Starts a video.</summary>
    /// <param name="clock">When patches start.</param>
    /// <param name="spectrogram">The front end.</param>
    /// <param name="encode">The network.</param>
    /// <param name="width">Length of a feature vector.</param>
    /// <param name="patchesPerBatch">Patches per batch.</param>
    public PatchSession(PatchClock clock, LogMelSpectrogram spectrogram, BatchEncoder encode, int width, int patchesPerBatch)
    {
        _patches = new float[patchesPerBatch * PatchNumbers]; // [B, 96, 64]
        _clock = clock;
        _spectrogram = spectrogram;
        _encode = encode;
        _rows = new FeatureRows(width);
        _width = width;
    }

    public void Push(ReadOnlySpan<float> samples)
    {
        _samples.Add(samples);
        while (_clock.StartOf(_patchesSoFar) + PatchSamples <= _samples.End)
        {
            AddPatch();
        }
    }

    public float[] Complete(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        int wanted = steps == 0 ? 0 : _clock.PatchOf(steps - 1) + 1;

        // Patches that begin within the sound are padded with silence; all later ones are pure silence, encoded once.
        long soundEnd = _samples.End;
        while (_patchesSoFar < wanted && _clock.StartOf(_patchesSoFar) < soundEnd)
        {
            _samples.AddSilenceUntil(_clock.StartOf(_patchesSoFar) + PatchSamples);
            AddPatch();
        }

        if (_patchesSoFar < wanted)
        {
            _samples.AddSilenceUntil(_clock.StartOf(_patchesSoFar) + PatchSamples);
            AddPatch();
        }

        EncodeWaiting();
        float[] patches = _rows.Take(wanted);
        float[] features = new float[checked(steps * _width)]; // [steps, width]
        for (int step = 0; step < steps; step++)
        {
            patches.AsSpan(_clock.PatchOf(step) * _width, _width).CopyTo(features.AsSpan(step * _width));
        }

        return features;
    }

    public void Dispose()
    {
        // Only managed memory is used.
    }

    private void AddPatch()
    {
        ReadOnlySpan<float> samples = _samples.Slice(_clock.StartOf(_patchesSoFar), PatchSamples);
        Span<float> patch = _patches.AsSpan(_waiting * PatchNumbers, PatchNumbers);
        for (int frame = 0; frame < VggishNetwork.PatchFrames; frame++)
        {
            _spectrogram.ComputeFrame(samples[(frame * HopSamples)..], patch.Slice(frame * VggishNetwork.PatchBands, VggishNetwork.PatchBands));
        }

        _waiting++;
        _patchesSoFar++;
        _samples.Forget(_clock.StartOf(_patchesSoFar));
        if (_waiting * PatchNumbers == _patches.Length)
        {
            EncodeWaiting();
        }
    }

    private void EncodeWaiting()
    {
        if (_waiting > 0)
        {
            _rows.Add(_encode(_patches.AsSpan(0, _waiting * PatchNumbers)));
            _waiting = 0;
        }
    }
}
