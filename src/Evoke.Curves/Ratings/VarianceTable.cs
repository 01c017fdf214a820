namespace Evoke.Curves.Ratings;

/// <summary>The two-way analysis of variance of complete ratings, steps by raters, and the coefficients that follow from it.</summary>
internal sealed class VarianceTable
{
    private readonly int _raters;
    private readonly int _steps;
    private readonly double _betweenSteps; // sums of squares
    private readonly double _betweenRaters;
    private readonly double _rest;
    private readonly double _withinRaters; // sum over raters of squared deviations from the rater's own mean

    private VarianceTable(int raters, int steps, double betweenSteps, double betweenRaters, double total)
    {
        (_raters, _steps, _betweenSteps, _betweenRaters) = (raters, steps, betweenSteps, betweenRaters);
        _rest = total - betweenSteps - betweenRaters;
        _withinRaters = total - betweenRaters;
    }

    private double MeanSquareSteps => _betweenSteps / (_steps - 1);

    private double MeanSquareRaters => _betweenRaters / (_raters - 1);

    private double MeanSquareRest => _rest / ((_steps - 1) * (double)(_raters - 1));

    /// <summary>ICC(2,1) of Shrout and Fleiss (1979); null without variance.</summary>
    public double? IccSingle => Ratio(
        MeanSquareSteps - MeanSquareRest,
        MeanSquareSteps + ((_raters - 1) * MeanSquareRest) + (_raters * (MeanSquareRaters - MeanSquareRest) / _steps));

    /// <summary>ICC(2,k) of Shrout and Fleiss (1979); null without variance.</summary>
    public double? IccMean => Ratio(MeanSquareSteps - MeanSquareRest, MeanSquareSteps + ((MeanSquareRaters - MeanSquareRest) / _steps));

    /// <summary>Cronbach's alpha: k / (k - 1) (1 - sum of the raters' variances / variance of their sum); null if their sum is constant.</summary>
    public double? Cronbach => Ratio(_withinRaters, _raters * _betweenSteps) is { } share ? _raters / (_raters - 1.0) * (1 - share) : null;

    /// <summary>Krippendorff's alpha for interval data: 1 - observed / expected disagreement; null if all values are the same.</summary>
    public double? Krippendorff
    {
        get
        {
            double values = (double)_raters * _steps;
            double withinSteps = _betweenRaters + _rest;
            return Ratio(withinSteps, _betweenSteps + withinSteps) is { } share ? 1 - ((values - 1) / values * _raters / (_raters - 1) * share) : null;
        }
    }

    /// <summary>Analyses ratings: [raters][steps], at least two of each, all finite.</summary>
    public static VarianceTable Of(double[][] ratings)
    {
        (int raters, int steps) = (ratings.Length, ratings[0].Length);
        double mean = ratings.Average(row => row.Average());
        double[] ofStep = new double[steps];
        (double total, double betweenRaters) = (0, 0);
        foreach (double[] row in ratings)
        {
            double ofRater = 0;
            for (int step = 0; step < steps; step++)
            {
                double deviation = row[step] - mean;
                ofRater += deviation / steps;
                ofStep[step] += deviation / raters;
                total += deviation * deviation;
            }

            betweenRaters += steps * ofRater * ofRater;
        }

        return new VarianceTable(raters, steps, raters * ofStep.Sum(deviation => deviation * deviation), betweenRaters, total);
    }

    private static double? Ratio(double numerator, double denominator) => denominator != 0 ? numerator / denominator : null;
}
