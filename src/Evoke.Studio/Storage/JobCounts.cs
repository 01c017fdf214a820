namespace Evoke.Studio.Storage;

/// <summary>How many jobs of the videos in the library are in each state.</summary>
/// <param name="Queued">Waiting.</param>
/// <param name="Running">Running.</param>
/// <param name="Done">Finished.</param>
/// <param name="Failed">Failed and not tried again since.</param>
/// <param name="Cancelled">Cancelled.</param>
internal sealed record JobCounts(int Queued, int Running, int Done, int Failed, int Cancelled);
