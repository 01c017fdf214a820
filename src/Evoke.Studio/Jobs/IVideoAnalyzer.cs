using Evoke.Files;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>How far a job is.</summary>
/// <param name="Stage">"reading", "features", "prediction" or "saving"; for a preview "preview".</param>
/// <param name="Fraction">How much of the whole is done, in [0,1].</param>
/// <param name="Speed">Seconds of video done in a second; null where nothing is decoded, or too little yet to tell.</param>
public readonly record struct JobProgress(string Stage, double Fraction, double? Speed = null);

/// <summary>Turns a video into a result in the database. Used by one worker, one video at a time.</summary>
public interface IVideoAnalyzer
{
    /// <summary>Analyses a video and stores video facts and result.</summary>
    /// <exception cref="EvokeException">The video cannot be analysed; the message says why.</exception>
    Task AnalyseAsync(VideoRecord video, string model, Action<JobProgress> report, CancellationToken cancellation);
}
