using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Sources;
using Evoke.Files;
using Evoke.Heads.Reactions;

namespace Evoke.Training.Evaluation;

/// <summary>The challenge's submission: every row of the test file, in the same order; videos without features get zeros.</summary>
/// <remarks>Thread-safe; of several writers of one file the last one wins.</remarks>
public static class Submission
{
    /// <summary>Predicts and writes the file, whole or not at all.</summary>
    /// <param name="testCsv">The test file: ids and timestamps.</param>
    /// <param name="model">The model.</param>
    /// <param name="features">The features of the test videos.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="progress">Gets the number of videos done after each.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="EvokeException">A file cannot be read or written, or features do not fit the model.</exception>
    public static SubmissionReport Write(
        string testCsv,
        IReactionModel model,
        IFeatureSource features,
        string path,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(features);
        List<string> missing = [];
        NotedPrediction prediction = new(model, features);
        EevCsv.Write(model.Scheme, Predicted(), path);
        return new SubmissionReport(missing, prediction.Notes);

        IEnumerable<LabelledVideo> Predicted()
        {
            int done = 0;
            foreach (VideoTimes video in EevCsv.ReadTimes(testCsv))
            {
                cancellationToken.ThrowIfCancellationRequested();
                bool known = features.Contains(video.VideoId);
                if (!known)
                {
                    missing.Add(video.VideoId);
                }

                yield return new LabelledVideo(video, known
                    ? prediction.Predict(video.VideoId, video.Grid)
                    : new EmotionCurves(model.Scheme, video.Grid, new float[video.Grid.Count * model.Scheme.Count]));
                progress?.Report(++done);
            }
        }
    }
}
