using Evoke.Files;

namespace Evoke.Insights.Rankings;

/// <summary>A ranking was asked for something that it does not have; the message names it and what there is.</summary>
/// <remarks>Immutable.</remarks>
public sealed class RankingException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public RankingException(string message)
        : base(message)
    {
    }
}
