using Evoke.Curves;
using Evoke.Datasets.Sets;
using Evoke.Kernels.Torch;
using MathNet.Numerics.LinearAlgebra;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Experiments.Baselines;

/// <summary>Sums over rows of features and labels, from which a regression is solved. Memory does not grow with the number of rows.</summary>
/// <remarks>libtorch computes what grows with the square and the cube of the width, in double precision. Not thread-safe.</remarks>
internal sealed class NormalEquations : IDisposable
{
    private readonly int _width;
    private readonly int _emotions;
    private readonly Tensor _products; // X^T X: [width, width]
    private readonly Tensor _responses; // X^T Y: [width, emotions]
    private readonly Tensor _features; // [width, 1]
    private readonly Tensor _labels; // [1, emotions]

    /// <summary>Creates empty sums.</summary>
    /// <param name="width">Numbers per row.</param>
    /// <param name="emotions">Labels per row.</param>
    public NormalEquations(int width, int emotions)
    {
        TorchRuntime.Start();
        (_width, _emotions) = (width, emotions);
        _products = Zeros(width, width);
        _responses = Zeros(width, emotions);
        _features = Zeros(width, 1);
        _labels = Zeros(1, emotions);
    }

    /// <summary>How many rows were added.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds the rows of a video that have labels.</summary>
    /// <param name="rows">[steps, width].</param>
    /// <param name="video">Its labels.</param>
    /// <param name="rate">Steps per second (Hz).</param>
    /// <param name="first">The column of the labels that is the first of these equations; a row counts if no label from there on is missing.</param>
    public void Add(Matrix<double> rows, TrainingVideo video, Rate rate, int first = 0)
    {
        EmotionScheme scheme = video.Labels.Curves.Scheme;
        int[] steps =
        [
            .. Enumerable.Range(0, Math.Min(video.Steps, rows.RowCount)).Where(step =>
                video.LabelsNear(step / rate.Hertz) is var labels && !scheme.IsGap(labels) && !labels.Slice(first, _emotions).Contains(float.NaN)),
        ];
        if (steps.Length == 0)
        {
            return;
        }

        double[] features = new double[steps.Length * _width], targets = new double[steps.Length * _emotions];
        for (int i = 0; i < steps.Length; i++)
        {
            for (int column = 0; column < _width; column++)
            {
                features[(i * _width) + column] = rows[steps[i], column];
            }

            ReadOnlySpan<float> labels = video.LabelsNear(steps[i] / rate.Hertz);
            for (int emotion = 0; emotion < _emotions; emotion++)
            {
                targets[(i * _emotions) + emotion] = labels[first + emotion];
            }
        }

        Rows += steps.Length;
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(features, [steps.Length, _width]), y = tensor(targets, [steps.Length, _emotions]);
        _products.add_(x.t().mm(x));
        _responses.add_(x.t().mm(y));
        _features.add_(x.sum([0L], keepdim: true).t());
        _labels.add_(y.sum([0L], keepdim: true));
    }

    /// <summary>The least-squares fits with a penalty on their slopes.</summary>
    /// <param name="penalties">Each above 0, relative to the number of rows.</param>
    /// <returns>For each penalty slopes [width, emotions] and intercepts [emotions].</returns>
    public IReadOnlyList<(Matrix<double> Weights, Vector<double> Intercept)> Solve(IEnumerable<double> penalties)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor meanFeatures = _features / Rows, meanLabels = _labels / Rows;
        Tensor covariance = (_products / Rows) - meanFeatures.mm(meanFeatures.t());
        Tensor response = (_responses / Rows) - meanFeatures.mm(meanLabels);
        return [.. penalties.Select(Solved)];

        (Matrix<double> Weights, Vector<double> Intercept) Solved(double penalty)
        {
            using DisposeScope inner = NewDisposeScope();
            Tensor penalised = covariance.clone();
            penalised.diagonal().add_(penalty);
            Tensor weights = response.cholesky_solve(linalg.cholesky(penalised));
            Tensor intercept = meanLabels - meanFeatures.t().mm(weights);
            // MathNet's order is by column.
            return (
                Matrix<double>.Build.Dense(_width, _emotions, weights.t().contiguous().data<double>().ToArray()),
                Vector<double>.Build.Dense(intercept.data<double>().ToArray()));
        }
    }

    public void Dispose()
    {
        _products.Dispose();
        _responses.Dispose();
        _features.Dispose();
        _labels.Dispose();
    }

    private static Tensor Zeros(int rows, int columns) => zeros(rows, columns, dtype: ScalarType.Float64).DetachFromDisposeScope();
}
