using System.Runtime.CompilerServices;

namespace Evoke.Encoders.Signal;

/// <summary>Triangular bands, evenly spaced on a mel scale.</summary>
/// <remarks>
/// Band b rises from edge b to edge b+1 and falls to edge b+2, of <c>bands + 2</c> edges evenly spaced in mel. The bin at 0 Hz has no weight.
/// <see cref="MelScale.Kaldi"/> is the filterbank of VGGish (github.com/tensorflow/models, audioset/vggish/mel_features.py) and of Kaldi. Immutable.
/// </remarks>
internal sealed class MelFilterbank
{
    private readonly Band[] _bands;

    /// <summary>Computes the triangles.</summary>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="fftSize">Samples per transform; the spectra given later have fftSize / 2 + 1 bins.</param>
    /// <param name="bands">The number of bands.</param>
    /// <param name="lowHz">Lower edge of the first band (Hz), 0 or more.</param>
    /// <param name="highHz">Upper edge of the last band (Hz), above <paramref name="lowHz"/> and not above half the sampling rate.</param>
    /// <param name="scale">The mel scale.</param>
    /// <param name="areaNormalised">True to divide each band by half its width in Hz.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public MelFilterbank(
        int sampleRate, int fftSize, int bands, double lowHz, double highHz, MelScale scale = MelScale.Kaldi, bool areaNormalised = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(fftSize, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bands);
        ArgumentOutOfRangeException.ThrowIfNegative(lowHz);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(highHz, lowHz);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(highHz, sampleRate / 2.0);
        Bins = (fftSize / 2) + 1;
        double low = MelScales.FromHz(scale, lowHz);
        double step = (MelScales.FromHz(scale, highHz) - low) / (bands + 1);
        _bands = new Band[bands];
        for (int b = 0; b < bands; b++)
        {
            double mel = low + (b * step);
            Func<double, double> side = scale == MelScale.Kaldi ? StraightInMel(mel, step) : StraightInHz(scale, mel, step);
            double height = areaNormalised ? 2 / (MelScales.ToHz(scale, mel + (2 * step)) - MelScales.ToHz(scale, mel)) : 1;
            _bands[b] = Triangle(side, height, (double)sampleRate / fftSize, Bins);
        }
    }

    /// <summary>The number of bins of an input spectrum.</summary>
    public int Bins { get; }

    /// <summary>The number of bands.</summary>
    public int Bands => _bands.Length;

    /// <summary>The HTK mel of a frequency in Hz.</summary>
    public static double MelFromHz(double hz) => MelScales.FromHz(MelScale.Htk, hz);

    /// <summary>Sums a spectrum into bands.</summary>
    /// <param name="spectrum">[<see cref="Bins"/>]: magnitudes or powers.</param>
    /// <param name="bands">[<see cref="Bands"/>].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    public void Apply(ReadOnlySpan<float> spectrum, Span<float> bands)
    {
        for (int b = 0; b < _bands.Length; b++)
        {
            Band band = _bands[b];
            bands[b] = DotProduct.Of(spectrum.Slice(band.FirstBin, band.Weights.Length), band.Weights);
        }
    }

    // The lower of a band's two sides at a frequency in Hz: 1 at the peak, 0 at both edges, less outside.
    private static Func<double, double> StraightInMel(double lowMel, double stepMel) => hz =>
    {
        double position = (MelFromHz(hz) - lowMel) / stepMel; // 0 at the left edge, 1 at the peak, 2 at the right edge
        return Math.Min(position, 2 - position);
    };

    private static Func<double, double> StraightInHz(MelScale scale, double lowMel, double stepMel)
    {
        double left = MelScales.ToHz(scale, lowMel), peak = MelScales.ToHz(scale, lowMel + stepMel), right = MelScales.ToHz(scale, lowMel + (2 * stepMel));
        return hz => Math.Min((hz - left) / (peak - left), (right - hz) / (right - peak));
    }

    private static Band Triangle(Func<double, double> side, double height, double binHz, int bins)
    {
        int first = -1;
        List<float> weights = [];
        for (int k = 1; k < bins; k++)
        {
            double weight = side(k * binHz);
            if (weight <= 0)
            {
                continue;
            }

            first = first < 0 ? k : first;
            weights.Add((float)(weight * height));
        }

        return new Band(Math.Max(first, 0), [.. weights]);
    }

    private readonly record struct Band(int FirstBin, float[] Weights);
}
