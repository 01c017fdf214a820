using System.Globalization;
using System.Runtime.InteropServices;
using Evoke.Datasets;
using Evoke.Heads.Networks;
using Evoke.Training.Optimizers;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Training.Epochs;

/// <summary>Solves a ridge or kernel ridge head, in double precision. The penalty and the kernel's width are chosen by folds of the training videos, unless the
/// recipe gives them.</summary>
internal sealed class SolvedFit
{
    private static readonly double[] s_ridgePenalties = [0.03, 0.3, 1, 3];
    private static readonly double[] s_kernelPenalties = [3, 10, 30];
    private static readonly double[] s_kernelWidths = [0.1, 0.3, 1];

    private readonly Recipe _recipe;
    private readonly StepRows _rows;
    private readonly VideoFolds _folds;
    private readonly bool _isKernel;
    private readonly Tensor _inputs; // [N, D]
    private readonly double[] _levels; // [E]: the mean label of each curve
    private readonly float[] _targets; // [N, E]: labels minus their level, or minus their mean over the video; NaN where missing

    private SolvedFit(Recipe recipe, StepRows rows, int videos, bool isKernel)
    {
        (_recipe, _rows, _folds) = (recipe, rows, new VideoFolds(videos));
        _isKernel = isKernel;
        _inputs = tensor(rows.Inputs, [rows.Count, rows.Width], ScalarType.Float64);
        _levels = FoldScores.LevelsOf(rows);
        _targets = FoldScores.TargetsOf(rows, _levels, recipe.Data.Centre);
    }

    /// <summary>Solves the head of a run and sets its weights.</summary>
    /// <returns>The mean squared error on the training steps, in shares of the curves' ranges.</returns>
    /// <exception cref="DatasetException">A curve has no label.</exception>
    public static double Solve(RunSetup plan, TrainedNetwork network, CancellationToken cancellationToken)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        bool isKernel = network.Head is KernelRidgeHead;
        int most = isKernel ? plan.Recipe.Head.Support : int.MaxValue;
        StepRows rows = StepRows.Of(plan, plan.GatherBy(network.Statistics), most, cancellationToken);
        SolvedFit fit = new(plan.Recipe, rows, plan.Train.Videos.Count, isKernel);
        int without = Array.FindIndex(fit._levels, double.IsNaN);
        if (without >= 0)
        {
            throw new DatasetException(
                $"Labels {plan.Train.Labels.Name}: no row has labels of {plan.Train.Labels.Scheme.Names[without]}; nothing can be fitted.");
        }

        (Candidate chosen, double[] factors) = fit.Choose(cancellationToken);
        network.HowSolved = fit.Sentence(chosen);
        return fit.Set(network, chosen, factors);
    }

    private (Candidate Chosen, double[] Factors) Choose(CancellationToken cancellationToken)
    {
        Candidate[] candidates = [.. Candidates()];
        double spread = _recipe.Head.Spread;
        if (candidates.Length == 1 && spread == 0)
        {
            return (candidates[0], Ones());
        }

        Candidate best = candidates[0];
        double[] factors = Ones();
        double bestScore = double.NegativeInfinity;
        foreach (Candidate candidate in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] predicted = _folds.Count < 2 ? OfAll(candidate) : OutOfFold(candidate);
            double score = FoldScores.Pearson(_rows, _targets, predicted);
            if (score > bestScore)
            {
                (best, bestScore) = (candidate, score);
                factors = spread == 0 ? Ones() : FoldScores.FactorsOf(_rows, _targets, predicted, spread);
            }
        }

        return (best, factors);

        double[] Ones() => [.. _levels.Select(_ => 1.0)];
    }

    private IEnumerable<Candidate> Candidates()
    {
        HeadRecipe head = _recipe.Head;
        double[] penalties = head.Penalty > 0 ? [head.Penalty] : _folds.Count < 2 ? [_isKernel ? 10 : 1] : _isKernel ? s_kernelPenalties : s_ridgePenalties;
        double[] widths = !_isKernel ? [0] : head.KernelWidth > 0 ? [head.KernelWidth] : _folds.Count < 2 ? [0.3] : s_kernelWidths;
        return widths.SelectMany(width => penalties.Select(penalty => new Candidate(penalty, width)));
    }

    // [N, E]: each video predicted by a fit to the videos of the other folds
    private float[] OutOfFold(Candidate candidate)
    {
        float[] predicted = new float[_targets.Length];
        for (int fold = 0; fold < _folds.Count; fold++)
        {
            using DisposeScope scope = NewDisposeScope();
            int[] train = [.. Enumerable.Range(0, _rows.Count).Where(row => _folds.Of(_rows.Videos[row]) != fold)];
            int[] held = [.. Enumerable.Range(0, _rows.Count).Where(row => _folds.Of(_rows.Videos[row]) == fold)];
            Tensor from = _inputs.index_select(0, tensor(train.Select(row => (long)row).ToArray()));
            Tensor to = _inputs.index_select(0, tensor(held.Select(row => (long)row).ToArray()));
            Copy(Apply(candidate, from, Solution(candidate, from, train), to), held, predicted);
        }

        return predicted;
    }

    private float[] OfAll(Candidate candidate)
    {
        using DisposeScope scope = NewDisposeScope();
        int[] all = [.. Enumerable.Range(0, _rows.Count)];
        float[] predicted = new float[_targets.Length];
        Copy(Apply(candidate, _inputs, Solution(candidate, _inputs, all), _inputs), all, predicted);
        return predicted;
    }

    // ridge: slopes [D, E]; kernel ridge: coefficients [rows, E], 0 where the row has no label
    private Tensor Solution(Candidate candidate, Tensor inputs, int[] rows)
    {
        int curves = _levels.Length;
        bool[] isMissing = [.. Enumerable.Range(0, curves).Select(curve => rows.Any(row => float.IsNaN(_targets[(row * curves) + curve])))];
        if (!isMissing.Contains(true))
        {
            return SolutionOf(candidate, inputs, Targets(rows, [.. Enumerable.Range(0, curves)]));
        }

        // Each curve has rows of its own.
        return cat([.. Enumerable.Range(0, curves).Select(curve =>
        {
            int[] places = [.. Enumerable.Range(0, rows.Length).Where(place => !float.IsNaN(_targets[(rows[place] * curves) + curve]))];
            if (places.Length == 0)
            {
                return zeros([_isKernel ? rows.Length : inputs.shape[1], 1], ScalarType.Float64);
            }

            Tensor chosen = tensor(places.Select(place => (long)place).ToArray());
            Tensor solved = SolutionOf(candidate, inputs.index_select(0, chosen), Targets([.. places.Select(place => rows[place])], [curve]));
            return _isKernel ? zeros([rows.Length, 1], ScalarType.Float64).index_copy(0, chosen, solved) : solved;
        })], 1);
    }

    private Tensor SolutionOf(Candidate candidate, Tensor inputs, Tensor targets)
    {
        if (_isKernel)
        {
            Tensor kernel = KernelRidgeHead.KernelOf(inputs, inputs, WidthOf(candidate));
            return linalg.solve(kernel + (candidate.Penalty * eye(inputs.shape[0], dtype: ScalarType.Float64)), targets);
        }

        Tensor centred = inputs - inputs.mean([0L], keepdim: true);
        Tensor products = (centred.t().matmul(centred) / inputs.shape[0]) + (candidate.Penalty * eye(inputs.shape[1], dtype: ScalarType.Float64));
        return linalg.solve(products, centred.t().matmul(targets) / inputs.shape[0]);
    }

    private Tensor Apply(Candidate candidate, Tensor from, Tensor solution, Tensor to) =>
        (_isKernel ? KernelRidgeHead.KernelOf(to, from, WidthOf(candidate)) : to).matmul(solution); // [rows, E], without the level

    private double Set(TrainedNetwork network, Candidate candidate, double[] factors)
    {
        int[] all = [.. Enumerable.Range(0, _rows.Count)];
        Tensor solution = Solution(candidate, _inputs, all) * tensor(factors, ScalarType.Float64);
        Tensor predicted = Apply(candidate, _inputs, solution, _inputs);
        Tensor bias = tensor(_levels, ScalarType.Float64) - predicted.mean([0L]);
        Dictionary<string, Tensor> weights = _isKernel
            ? new()
            {
                [KernelRidgeHead.SupportName] = _inputs,
                [KernelRidgeHead.CoefficientsName] = solution,
                [KernelRidgeHead.BiasName] = bias,
                [KernelRidgeHead.WidthName] = WidthOf(candidate),
            }
            : new() { [RidgeHead.SlopesName] = solution.t(), [RidgeHead.BiasName] = bias };
        foreach (NamedParameter weight in network.Weights)
        {
            weight.Value.copy_(weights[weight.Name].to(ScalarType.Float32));
        }

        float[] curves = new float[_rows.Labels.Length];
        Copy(predicted + bias, all, curves);
        return Enumerable.Range(0, curves.Length).Where(i => !float.IsNaN(_rows.Labels[i])).Average(i => Math.Pow(curves[i] - _rows.Labels[i], 2));
    }

    private string Sentence(Candidate chosen)
    {
        bool isChosen = _folds.Count >= 2 && (_recipe.Head.Penalty == 0 || (_isKernel && _recipe.Head.KernelWidth == 0));
        string width = _isKernel ? string.Create(CultureInfo.InvariantCulture, $", kernel width {chosen.Width}, {_rows.Count} support steps") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"penalty {chosen.Penalty}{width}{(isChosen ? $", chosen by {_folds.Count} folds of the training videos" : "")}");
    }

    private Tensor Targets(int[] rows, int[] curves) => tensor(
        rows.SelectMany(row => curves.Select(curve => (double)_targets[(row * _levels.Length) + curve])).ToArray(), [rows.Length, curves.Length]);

    private static Tensor WidthOf(Candidate candidate) => tensor([candidate.Width], ScalarType.Float64);

    private static void Copy(Tensor values, int[] rows, float[] destination)
    {
        ReadOnlySpan<double> found = MemoryMarshal.Cast<byte, double>(values.contiguous().bytes);
        int curves = found.Length / rows.Length;
        for (int i = 0; i < found.Length; i++)
        {
            destination[(rows[i / curves] * curves) + (i % curves)] = (float)found[i];
        }
    }

    private readonly record struct Candidate(double Penalty, double Width);
}
