using Evoke.Curves;
using Evoke.Heads.Reactions;

namespace Evoke.Heads.Models;

/// <summary>Mean and standard deviation over the members of an ensemble.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class MemberStatistics
{
    /// <summary>The weighted mean and population standard deviation of each value.</summary>
    /// <param name="scheme">What the columns mean.</param>
    /// <param name="grid">When the rows are.</param>
    /// <param name="members">Per member, row-major [steps, emotions].</param>
    /// <param name="emotionWeights">Row-major [members, emotions], columns summing to 1; null for equal shares.</param>
    public static SparsePrediction Combine(EmotionScheme scheme, TimeGrid grid, float[][] members, float[]? emotionWeights)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(members);
        float[] mean = new float[grid.Count * scheme.Count];
        float[] deviation = new float[mean.Length];
        for (int i = 0; i < mean.Length; i++)
        {
            int emotion = i % scheme.Count;
            double center = 0;
            for (int member = 0; member < members.Length; member++)
            {
                center += Share(member, emotion) * members[member][i];
            }

            double variance = 0;
            for (int member = 0; member < members.Length; member++)
            {
                double distance = members[member][i] - center;
                variance += Share(member, emotion) * distance * distance;
            }

            mean[i] = (float)center;
            deviation[i] = (float)Math.Sqrt(variance);
        }

        return new SparsePrediction(new EmotionCurves(scheme, grid, mean), new EmotionCurves(scheme, grid, deviation));

        double Share(int member, int emotion) => emotionWeights is null ? 1.0 / members.Length : emotionWeights[(member * scheme.Count) + emotion];
    }
}
