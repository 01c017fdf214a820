using Evoke.Curves;
using Evoke.Curves.Csv;

namespace Evoke.Datasets.Labels;

/// <summary>The rate of labels that are made from other ratings.</summary>
internal static class LabelRate
{
    /// <summary>Checks that a file of labels can have this rate.</summary>
    /// <exception cref="DatasetException">It is above <see cref="EevCsv.HighestRate"/>.</exception>
    internal static void ThrowIfTooFast(Rate rate)
    {
        if (rate.Hertz > EevCsv.HighestRate)
        {
            throw new DatasetException($"Expected at most {EevCsv.HighestRate} labels per second; found {rate}.");
        }
    }
}
