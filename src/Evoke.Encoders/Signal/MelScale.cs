namespace Evoke.Encoders.Signal;

/// <summary>How frequencies are spaced, and in what the sides of a band are straight lines.</summary>
internal enum MelScale
{
    /// <summary>mel(f) = 1127 ln(1 + f/700); sides straight in mel. Kaldi's and VGGish's filterbank.</summary>
    Kaldi,

    /// <summary>The same scale; sides straight in Hz. torchaudio's default, librosa's with <c>htk=True</c>.</summary>
    Htk,

    /// <summary>Straight up to 1 kHz (15 mel), logarithmic above, 27 mel for a factor of 6.4; sides straight in Hz. librosa's default.</summary>
    Slaney,
}

/// <summary>The formulas of <see cref="MelScale"/>.</summary>
/// <remarks>
/// Constants: torchaudio 0.13, <c>functional/functional.py</c> (<c>_hz_to_mel</c>, <c>_mel_to_hz</c>) and <c>compliance/kaldi.py</c> (<c>mel_scale</c>).
/// </remarks>
internal static class MelScales
{
    private const double HtkFactor = 1127, HtkCorner = 700;
    private const double SlaneyHzPerMel = 200.0 / 3, SlaneyCornerHz = 1000, SlaneyCornerMel = SlaneyCornerHz / SlaneyHzPerMel;
    private static readonly double SlaneyLogStep = Math.Log(6.4) / 27;

    /// <summary>The mel of a frequency in Hz.</summary>
    public static double FromHz(MelScale scale, double hz) => scale switch
    {
        MelScale.Slaney when hz >= SlaneyCornerHz => SlaneyCornerMel + (Math.Log(hz / SlaneyCornerHz) / SlaneyLogStep),
        MelScale.Slaney => hz / SlaneyHzPerMel,
        _ => HtkFactor * Math.Log(1 + (hz / HtkCorner)),
    };

    /// <summary>The frequency in Hz of a mel.</summary>
    public static double ToHz(MelScale scale, double mel) => scale switch
    {
        MelScale.Slaney when mel >= SlaneyCornerMel => SlaneyCornerHz * Math.Exp(SlaneyLogStep * (mel - SlaneyCornerMel)),
        MelScale.Slaney => mel * SlaneyHzPerMel,
        _ => HtkCorner * (Math.Exp(mel / HtkFactor) - 1),
    };
}
