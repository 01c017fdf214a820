using System.Globalization;
using Evoke.Kernels.Parameters;

namespace Evoke.Encoders.Networks.Swin;

/// <summary>
/// timm's names for a Swin Transformer (timm 0.9 and later): the merging between stages N and N + 1 is <c>layers.N+1.downsample</c> where
/// microsoft has <c>layers.N.downsample</c>, and the classifier is <c>head.fc</c>. All else is the same.
/// </summary>
internal sealed class TimmSwinNames : IStateDict
{
    private const string Layers = "layers.";
    private const string Downsample = ".downsample.";

    private readonly IStateDict _timm;
    private readonly Dictionary<string, string> _timmNameOf;

    private TimmSwinNames(IStateDict timm)
    {
        _timm = timm;
        _timmNameOf = timm.Names.ToDictionary(MicrosoftName, StringComparer.Ordinal);
    }

    public IReadOnlyCollection<string> Names => _timmNameOf.Keys;

    /// <summary>The same weights under microsoft's names; itself if they have those already.</summary>
    public static IStateDict ToMicrosoft(IStateDict weights) => HasTimmNames(weights) ? new TimmSwinNames(weights) : weights;

    public bool Contains(string name) => _timmNameOf.ContainsKey(name);

    public IReadOnlyList<long> ShapeOf(string name) => _timm.ShapeOf(_timmNameOf[name]);

    public void Read(string name, Span<float> destination) => _timm.Read(_timmNameOf[name], destination);

    // The first stage has a merging of its own in microsoft's files only.
    private static bool HasTimmNames(IStateDict weights) =>
        weights.Contains("head.fc.weight")
        || (weights.Contains("layers.1.downsample.reduction.weight") && !weights.Contains("layers.0.downsample.reduction.weight"));

    private static string MicrosoftName(string timmName)
    {
        int end = timmName.IndexOf(Downsample, StringComparison.Ordinal);
        return end > 0
            && timmName.StartsWith(Layers, StringComparison.Ordinal)
            && int.TryParse(timmName.AsSpan(Layers.Length, end - Layers.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int stage)
            ? string.Create(CultureInfo.InvariantCulture, $"{Layers}{stage - 1}{timmName[end..]}")
            : timmName;
    }
}
