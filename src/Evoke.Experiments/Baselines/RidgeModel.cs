using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Datasets;
using Evoke.Datasets.Sets;
using Evoke.Features;
using Evoke.Files;
using Evoke.Heads.Reactions;
using MathNet.Numerics.LinearAlgebra;

namespace Evoke.Experiments.Baselines;

/// <summary>Ridge regression (Hoerl and Kennard, 1970) from the features of a step to its labels: the linear baseline that a network must beat.</summary>
/// <remarks>
/// Features are standardised with the training set's statistics; the intercept is not penalised; rows without labels are left out. The normal equations
/// are solved by Cholesky decomposition in double precision. Immutable and thread-safe.
/// </remarks>
public sealed class RidgeModel : IReactionModel
{
    private readonly RidgeInput _input;
    private readonly Matrix<double> _weights; // [width, E]
    private readonly Vector<double> _intercept; // [E]

    private RidgeModel(RidgeInput input, EmotionScheme scheme, Matrix<double> weights, Vector<double> intercept)
    {
        (_input, Scheme, _weights, _intercept) = (input, scheme, weights, intercept);
    }

    /// <inheritdoc/>
    public string Name =>
        _input.ContextSteps == 0
            ? "ridge"
            : FormattableString.Invariant($"ridge, {_input.ContextSteps} {(_input.ContextSteps == 1 ? "step" : "steps")} to either side");

    /// <inheritdoc/>
    public string Summary => "Ridge regression on the features.";

    /// <inheritdoc/>
    public EmotionScheme Scheme { get; }

    /// <inheritdoc/>
    public Rate Rate => _input.Rate;

    /// <inheritdoc/>
    public EncoderIdentity? VisualEncoder => _input.Visual?.Encoder;

    /// <inheritdoc/>
    public EncoderIdentity? AudioEncoder => _input.Audio?.Encoder;

    /// <summary>Fits a linear model for each emotion.</summary>
    /// <param name="train">The videos to fit to.</param>
    /// <param name="validation">The videos to choose the penalty of each emotion by: mean Pearson over all rows.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="DatasetException">No row of the training set has labels.</exception>
    /// <exception cref="EvokeException">Features cannot be read, or the validation features are from other encoders.</exception>
    public static RidgeModel Fit(VideoSet train, VideoSet validation, RidgeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        options ??= new RidgeOptions();
        RidgeInput input = RidgeInput.Of(train, options, cancellationToken);
        EmotionScheme scheme = train.Labels.Scheme;
        // All emotions have the same rows, unless single labels are missing.
        NormalEquations[] equations = train.Labels.HasMissing
            ? [.. scheme.Names.Select(_ => new NormalEquations(input.Width, emotions: 1))]
            : [new NormalEquations(input.Width, scheme.Count)];
        try
        {
            foreach (TrainingVideo video in train.Videos)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Matrix<double> rows = input.RowsOf(train.Features.Read(video.Id));
                for (int i = 0; i < equations.Length; i++)
                {
                    equations[i].Add(rows, video, options.Rate, first: i);
                }
            }

            int without = Array.FindIndex(equations, sums => sums.Rows == 0);
            if (without >= 0)
            {
                throw new DatasetException(
                    $"Labels {train.Labels.Name}: no row has labels{(equations.Length > 1 ? $" of {scheme.Names[without]}" : "")}; there is nothing to fit.");
            }

            return Best(Solve(input, scheme, equations, options.Penalties), validation, cancellationToken);
        }
        finally
        {
            Array.ForEach(equations, sums => sums.Dispose());
        }
    }

    /// <inheritdoc/>
    public SparsePrediction Predict(VideoFeatures features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return new SparsePrediction(Curves(_input.RowsOf(features)), StandardDeviation: null);
    }

    /// <summary>Does nothing.</summary>
    public void Dispose()
    {
    }

    // A model for each penalty; with several equations each has one emotion.
    private static RidgeModel[] Solve(RidgeInput input, EmotionScheme scheme, NormalEquations[] equations, ImmutableArray<double> penalties)
    {
        IReadOnlyList<(Matrix<double> Weights, Vector<double> Intercept)>[] parts = [.. equations.Select(sums => sums.Solve(penalties))];
        return
        [
            .. Enumerable.Range(0, penalties.Length).Select(penalty => new RidgeModel(
                input,
                scheme,
                parts.Select(part => part[penalty].Weights).Aggregate((left, right) => left.Append(right)),
                Vector<double>.Build.DenseOfEnumerable(parts.SelectMany(part => part[penalty].Intercept)))),
        ];
    }

    // The best model of each emotion, combined into one.
    private static RidgeModel Best(RidgeModel[] candidates, VideoSet validation, CancellationToken cancellationToken)
    {
        DatasetScores[] scores = [.. candidates.Select(_ => new DatasetScores(validation.Labels.Scheme, RowProtocol.All))];
        foreach (TrainingVideo video in validation.Videos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Matrix<double> rows = candidates[0]._input.RowsOf(validation.Features.Read(video.Id));
            EmotionCurves labels = video.Labels.Curves;
            for (int i = 0; i < candidates.Length; i++)
            {
                scores[i].Add(video.Id, labels, SparseToDense.Interpolate(candidates[i].Curves(rows), labels.Grid));
            }
        }

        RidgeModel best = candidates[0];
        Matrix<double> weights = best._weights.Clone();
        Vector<double> intercept = best._intercept.Clone();
        for (int emotion = 0; emotion < best.Scheme.Count; emotion++)
        {
            RidgeModel chosen = candidates[Enumerable.Range(0, candidates.Length).MaxBy(i => scores[i].PearsonByEmotion[emotion])];
            weights.SetColumn(emotion, chosen._weights.Column(emotion));
            intercept[emotion] = chosen._intercept[emotion];
        }

        return new RidgeModel(best._input, best.Scheme, weights, intercept);
    }

    private EmotionCurves Curves(Matrix<double> rows)
    {
        Matrix<double> predicted = rows * _weights; // [steps, E]
        int emotions = Scheme.Count;
        float[] values = new float[predicted.RowCount * emotions];
        for (int i = 0; i < values.Length; i++)
        {
            CurveRange range = Scheme.Ranges[i % emotions];
            values[i] = (float)Math.Clamp(predicted[i / emotions, i % emotions] + _intercept[i % emotions], range.Low, range.High);
        }

        return new EmotionCurves(Scheme, new TimeGrid(Rate, predicted.RowCount), values);
    }
}
