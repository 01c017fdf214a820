using System.Text.Json.Serialization;

namespace Evoke.Heads.Inputs;

/// <summary>What is done to features before a head sees them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeatureNormalisation>))]
public enum FeatureNormalisation
{
    /// <summary>Nothing: the paper's way with Swin and VGGish.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Each feature minus its mean over the training set, divided by its standard deviation there.</summary>
    [JsonStringEnumMemberName("standardise")]
    Standardise,

    /// <summary>Each step divided by its Euclidean length, per modality: the authors' way with SE-ResNet.</summary>
    [JsonStringEnumMemberName("l2")]
    L2,
}
