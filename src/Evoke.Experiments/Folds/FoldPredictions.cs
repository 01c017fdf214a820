using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Heads.Reactions;

namespace Evoke.Experiments.Folds;

/// <summary>The files of predictions of a cross-validation, of one fold or of all.</summary>
internal static class FoldPredictions
{
    /// <summary>Predicts videos and writes them at the rows of their labels.</summary>
    /// <param name="model">The model.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="features">The features of their videos.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="delay">How many seconds later each prediction comes; the first one is held until then.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static void Write(
        IReactionModel model, LabelSet labels, IFeatureSource features, string path, double delay, CancellationToken cancellationToken) => EevCsv.Write(
        labels.Scheme,
        labels.Videos.Select(video =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            EmotionCurves curves = SparseToDense.Interpolate(model.Predict(features.Read(video.VideoId)).Mean, video.Curves.Grid);
            return new LabelledVideo(video.Times, Later(curves, delay).As(labels.Scheme));
        }),
        path);

    /// <summary>Joins the files of all folds, in the order of the labels.</summary>
    /// <returns>The joined predictions.</returns>
    public static LabelSet Join(IEnumerable<string> files, LabelSet labels, string path)
    {
        LabelSet[] parts = [.. files.Select(file => LabelSet.ReadPredictions(file, labels.Scheme))];
        EevCsv.Write(
            labels.Scheme,
            labels.Videos.Select(video => parts.Select(part => part.Find(video.VideoId)).First(found => found is not null)!),
            path);
        return LabelSet.ReadPredictions(path, labels.Scheme);
    }

    private static EmotionCurves Later(EmotionCurves curves, double seconds)
    {
        int rows = (int)Math.Round(seconds * curves.Grid.Rate.Hertz), width = curves.Scheme.Count;
        if (rows == 0)
        {
            return curves;
        }

        float[] moved = new float[curves.Values.Length];
        for (int row = 0; row < curves.Grid.Count; row++)
        {
            curves.Values.Slice(Math.Max(0, row - rows) * width, width).CopyTo(moved.AsSpan(row * width));
        }

        return new EmotionCurves(curves.Scheme, curves.Grid, moved);
    }
}
