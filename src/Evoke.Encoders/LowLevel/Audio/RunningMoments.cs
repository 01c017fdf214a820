using System.Runtime.CompilerServices;

namespace Evoke.Encoders.LowLevel.Audio;

/// <summary>Running mean and standard deviation.</summary>
internal struct RunningMoments
{
    private double _weight;
    private double _mean;
    private double _squares; // weighted sum of squared distances from the mean

    public readonly double Mean => _mean;

    /// <summary>Population standard deviation; 0 for no numbers.</summary>
    public readonly double Deviation => _weight > 0 ? Math.Sqrt(Math.Max(0, _squares / _weight)) : 0;

    /// <summary>West's update (1979): exact however large the mean is beside the deviation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    public void Add(double value, double weight = 1)
    {
        if (weight <= 0)
        {
            return;
        }

        _weight += weight;
        double distance = value - _mean;
        _mean += distance * weight / _weight;
        _squares += weight * distance * (value - _mean);
    }
}
