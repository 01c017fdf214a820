using System.Globalization;

namespace Evoke.Heads.ModelFiles;

/// <summary>Checks the shares of an ensemble's members in each of its curves.</summary>
internal static class EnsembleShares
{
    // Shares are fitted in floating point: their sum is 1 up to rounding.
    private const float Slack = 1e-4f;

    /// <summary>Why the numbers are not valid shares; null if they are.</summary>
    /// <param name="weights">Row-major [members, emotions].</param>
    /// <param name="members">Models in the ensemble.</param>
    /// <param name="emotions">Curves of each model.</param>
    public static string? FindMistake(float[] weights, int members, int emotions)
    {
        if (weights.Length != members * emotions)
        {
            return $"{members} members and {emotions} emotions need {members * emotions} shares; found {weights.Length}.";
        }

        for (int emotion = 0; emotion < emotions; emotion++)
        {
            float[] shares = [.. Enumerable.Range(0, members).Select(member => weights[(member * emotions) + emotion])];
            if (!shares.All(share => share >= 0) || Math.Abs(shares.Sum() - 1) > Slack)
            {
                string found = string.Join(", ", shares.Select(share => share.ToString(CultureInfo.InvariantCulture)));
                return $"the shares of emotion {emotion} are {found}; expected numbers of 0 or more that sum to 1.";
            }
        }

        return null;
    }
}
