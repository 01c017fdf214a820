using System.Globalization;
using Evoke.Features;
using Evoke.Heads.ModelFiles;

namespace Evoke.Heads.Models;

/// <summary>Describes a trained model in a sentence.</summary>
internal static class ModelSummary
{
    /// <summary>"gru head on features of swin-l and vggish at 1 Hz, 13,176,063 parameters; pearson 0.0121"; for an ensemble, the number of members
    /// too.</summary>
    public static string Of(IReadOnlyList<ModelDescription> members)
    {
        ModelDescription first = members[0];
        string kinds = string.Join(" and ", members.Select(member => member.Head.Kind).Distinct());
        string encoders = string.Join(" and ", new[] { first.VisualEncoder, first.AudioEncoder }.OfType<EncoderIdentity>().Select(encoder => encoder.Name));
        long parameters = members.Sum(member => member.Head.Parameters.Sum(spec => spec.Count));
        string head = members.Count == 1 ? $"{kinds} head" : $"mean of {members.Count} {kinds} heads";
        string scores = members.Count == 1 && first.Scores.Count > 0
            ? "; " + string.Join(", ", first.Scores.Select(score => string.Create(CultureInfo.InvariantCulture, $"{score.Key} {score.Value:0.####}")))
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{head} on features of {encoders} at {first.Rate:0.###} Hz, {parameters:N0} parameters{scores}");
    }
}
