using Evoke.Files;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>The progress of a job.</summary>
/// <param name="Stage">"reading", "features", "prediction" or "saving"; for a preview "preview".</param>
/// <param name="Fraction">Completed fraction of the job, in [0,1].</param>
/// <param name="Speed">Seconds of video processed per second; null if nothing is decoded, or too little yet to tell.</param>
internal readonly record struct JobProgress(string Stage, double Fraction, double? Speed = null);

/// <summary>Analyses a video and stores the result in the database. Used by one worker, one video at a time.</summary>
internal interface IVideoAnalyzer
{
    /// <summary>Analyses a video and stores its properties and the result.</summary>
    /// <exception cref="EvokeException">The video cannot be analysed; the message says why.</exception>
    Task AnalyseAsync(VideoRecord video, string model, Action<JobProgress> report, CancellationToken cancellation);
}
