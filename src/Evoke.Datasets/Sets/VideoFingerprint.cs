namespace Evoke.Datasets.Sets;

/// <summary>What identifies one video of a data set.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Id">The video's id.</param>
/// <param name="Labels">XxHash3 of its labels: their rate and values; 16 hex digits.</param>
/// <param name="Features">XxHash3 of the features that the set uses: their rates, duration and rows as float32; 16 hex digits.</param>
public sealed record VideoFingerprint(string Id, string Labels, string Features);
