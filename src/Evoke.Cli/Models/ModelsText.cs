using System.Globalization;
using Evoke.Encoders.Weights;

namespace Evoke.Cli.Models;

/// <summary>How all verbs describe weights, as text and as JSON.</summary>
internal static class ModelsText
{
    private const int HashDigits = 12;

    /// <summary>"swin-l  916 MB  sha256 3b2fe3d8...  /path".</summary>
    public static string Line(InstalledWeights weights) =>
        $"{weights.Name}: {Size(weights.Bytes)}, sha256 {weights.Sha256[..HashDigits]}{Standing(weights.IsOfficial)}, {weights.Path}";

    /// <summary>The fields that every verb's <c>--json</c> has for installed weights.</summary>
    public static object Json(InstalledWeights weights) => new { weights.Name, weights.Path, weights.Bytes, weights.Sha256, Official = weights.IsOfficial };

    public static string Size(long bytes) => bytes >= 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB");

    /// <summary>What the hash says about the origin of the file.</summary>
    private static string Standing(bool? isOfficial) => isOfficial switch
    {
        true => " as published",
        false => " (not the published file)",
        null => "",
    };
}
