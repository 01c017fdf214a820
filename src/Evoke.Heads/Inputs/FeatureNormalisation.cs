using System.Text.Json.Serialization;

namespace Evoke.Heads.Inputs;

/// <summary>How features are normalised before they reach a head.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeatureNormalisation>))]
public enum FeatureNormalisation
{
    /// <summary>None: as in the paper for Swin and VGGish.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Each feature minus its mean over the training set, divided by its standard deviation there.</summary>
    [JsonStringEnumMemberName("standardise")]
    Standardise,

    /// <summary>Each step divided by its Euclidean length, per modality: as the authors do for SE-ResNet.</summary>
    [JsonStringEnumMemberName("l2")]
    L2,
}
