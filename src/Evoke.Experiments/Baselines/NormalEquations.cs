using Evoke.Curves;
using Evoke.Datasets.Sets;
using MathNet.Numerics.LinearAlgebra;

namespace Evoke.Experiments.Baselines;

/// <summary>Sums over rows of features and labels, from which a regression is solved. Memory does not grow with the number of rows.</summary>
internal sealed class NormalEquations(int width, int emotions)
{
    private readonly Matrix<double> _products = Matrix<double>.Build.Dense(width, width); // X^T X
    private readonly Matrix<double> _responses = Matrix<double>.Build.Dense(width, emotions); // X^T Y
    private readonly Vector<double> _features = Vector<double>.Build.Dense(width);
    private readonly Vector<double> _labels = Vector<double>.Build.Dense(emotions);

    /// <summary>How many rows were added.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds the rows of a video that have labels.</summary>
    /// <param name="rows">[steps, width].</param>
    /// <param name="video">Its labels.</param>
    /// <param name="rate">Steps per second (Hz).</param>
    public void Add(Matrix<double> rows, TrainingVideo video, Rate rate)
    {
        int[] steps = [.. Enumerable.Range(0, Math.Min(video.Steps, rows.RowCount)).Where(step => video.LabelsNear(step / rate.Hertz).ContainsAnyExcept(0f))];
        if (steps.Length == 0)
        {
            return;
        }

        Matrix<double> x = Matrix<double>.Build.Dense(steps.Length, width, (i, column) => rows[steps[i], column]);
        Matrix<double> y = Matrix<double>.Build.Dense(steps.Length, emotions, (i, emotion) => video.LabelsNear(steps[i] / rate.Hertz)[emotion]);
        Rows += steps.Length;
        _products.Add(x.TransposeThisAndMultiply(x), _products);
        _responses.Add(x.TransposeThisAndMultiply(y), _responses);
        _features.Add(x.ColumnSums(), _features);
        _labels.Add(y.ColumnSums(), _labels);
    }

    /// <summary>The least-squares fit with a penalty on its slopes.</summary>
    /// <param name="penalty">Above 0, relative to the number of rows.</param>
    /// <returns>Slopes [width, emotions] and intercepts [emotions].</returns>
    public (Matrix<double> Weights, Vector<double> Intercept) Solve(double penalty)
    {
        Vector<double> meanFeatures = _features / Rows, meanLabels = _labels / Rows;
        Matrix<double> covariance = (_products / Rows) - meanFeatures.OuterProduct(meanFeatures);
        Matrix<double> response = (_responses / Rows) - meanFeatures.OuterProduct(meanLabels);
        Matrix<double> penalised = covariance + (penalty * Matrix<double>.Build.DenseIdentity(width));
        Matrix<double> weights = penalised.Cholesky().Solve(response);
        return (weights, meanLabels - (weights.TransposeThisAndMultiply(meanFeatures)));
    }
}
