using Evoke.Files;

namespace Evoke.Experiments.Ensembles;

/// <summary>An ensemble cannot be built; the message names the model, what was expected and what was found.</summary>
public sealed class EnsembleException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public EnsembleException(string message)
        : base(message)
    {
    }
}
