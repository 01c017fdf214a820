using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Heads.Models;
using Evoke.Training.Evaluation;
using Microsoft.Extensions.Logging;

namespace Evoke.Experiments.Ensembles;

/// <summary>What each member predicts for each validation video, at the members' rate.</summary>
internal sealed class MemberCurves
{
    private readonly LabelSet _labels;
    private readonly Dictionary<string, (TimeGrid Grid, float[][] Curves)> _videos; // [members][steps * emotions]

    private MemberCurves(LabelSet labels, Dictionary<string, (TimeGrid, float[][])> videos, string[] missing) =>
        (_labels, _videos, Missing) = (labels, videos, missing);

    /// <summary>Ids of validation videos without features.</summary>
    public string[] Missing { get; }

    /// <summary>Predicts all videos; reads the features of each video once.</summary>
    public static MemberCurves Predict(
        IReadOnlyList<HeadModel> members, LabelSet labels, IFeatureSource features, ILogger log, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        string[] missing = Evaluator.MissingFrom(labels, features);
        Dictionary<string, (TimeGrid, float[][])> videos = new(StringComparer.Ordinal);
        int done = 0;
        foreach (LabelledVideo video in labels.Videos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            done++;
            if (features.Contains(video.VideoId))
            {
                VideoFeatures read = features.Read(video.VideoId);
                EmotionCurves[] curves = [.. members.Select(member => member.Predict(read).Mean)];
                videos.Add(video.VideoId, (curves[0].Grid, [.. curves.Select(curve => curve.Values.ToArray())]));
                log.MembersPredicted(video.VideoId, members.Count, done, labels.Videos.Count);
            }
            else
            {
                log.EnsembleVideoSkipped(video.VideoId, done, labels.Videos.Count);
            }

            progress?.Report(done);
        }

        return new(labels, videos, missing);
    }

    /// <summary>Scores one member.</summary>
    public EvaluationReport ScoreOf(int member) => Score(curves => curves.Curves[member]);

    /// <summary>Scores the ensemble.</summary>
    /// <param name="shares">Row-major [members, emotions]; null for a plain mean.</param>
    public EvaluationReport ScoreOf(float[]? shares) =>
        Score(curves => curves.Curves.Length == 1
            ? curves.Curves[0]
            : MemberStatistics.Combine(_labels.Scheme, curves.Grid, curves.Curves, shares).Mean.Values.ToArray());

    /// <summary>The moments for fitting: [videos][emotions].</summary>
    public IReadOnlyList<CurveMoments[]> Moments()
    {
        LabelledVideo[] videos = [.. _labels.Videos.Where(video => _videos.ContainsKey(video.VideoId))];
        CurveMoments[][] moments = new CurveMoments[videos.Length][];
        Parallel.For(0, videos.Length, i =>
        {
            (TimeGrid grid, float[][] curves) = _videos[videos[i].VideoId];
            EmotionCurves[] dense = [.. curves.Select(values => Dense(grid, values, videos[i]))];
            moments[i] =
            [
                .. Enumerable.Range(0, _labels.Scheme.Count)
                    .Select(emotion => MomentsOf(videos[i].Curves.Column(emotion), [.. dense.Select(curve => curve.Column(emotion))])),
            ];
        });
        return moments;
    }

    // Rows without a label do not count.
    private static CurveMoments MomentsOf(float[] labels, float[][] members)
    {
        if (!labels.Contains(float.NaN))
        {
            return CurveMoments.Of(labels, members);
        }

        int[] known = [.. Enumerable.Range(0, labels.Length).Where(row => !float.IsNaN(labels[row]))];
        return CurveMoments.Of([.. known.Select(row => labels[row])], [.. members.Select(curve => known.Select(row => curve[row]).ToArray())]);
    }

    private EvaluationReport Score(Func<(TimeGrid Grid, float[][] Curves), float[]> choose) =>
        Evaluator.Score(
            _labels,
            Missing,
            video => _videos.TryGetValue(video.VideoId, out (TimeGrid Grid, float[][] Curves) curves) ? Dense(curves.Grid, choose(curves), video) : null);

    private EmotionCurves Dense(TimeGrid grid, float[] values, LabelledVideo video) =>
        SparseToDense.Interpolate(new EmotionCurves(_labels.Scheme, grid, values), video.Curves.Grid);
}
