namespace Evoke.Heads.Models;

/// <summary>How a video is split into clips: consecutive, the last one padded with its last step (paper, section 3.2).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Steps">Steps of the video, at least 1.</param>
/// <param name="ClipSteps">Steps of a clip, at least 1.</param>
public readonly record struct ClipWindows(int Steps, int ClipSteps)
{
    /// <summary>How many clips there are.</summary>
    public int Count => (Steps + ClipSteps - 1) / ClipSteps;

    /// <summary>The step of the video for a step of a clip: its own, or the video's last one where the video has ended.</summary>
    public int SourceOf(int clip, int step) => Math.Min((clip * ClipSteps) + step, Steps - 1);

    /// <summary>Steps of a clip that belong to the video.</summary>
    public int KeptOf(int clip) => Math.Min(ClipSteps, Steps - (clip * ClipSteps));
}
