using Evoke.Files;

namespace Evoke.Heads.Inputs;

/// <summary>The features of a video do not fit a model; the message names the video, what was expected and what was found.</summary>
public sealed class IncompatibleFeaturesException : EvokeException
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    /// <summary>Creates the error.</summary>
    public IncompatibleFeaturesException(string message)
        : base(message)
    {
    }
}

/// <summary>A model gave non-finite values for a video: its weights or the video's features are damaged.</summary>
public sealed class NonFinitePredictionException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public NonFinitePredictionException(string message)
        : base(message)
    {
    }
}
