using Evoke.Files;

namespace Evoke.Features.Store;

/// <summary>The result of a join.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Joined">How many videos were written.</param>
/// <param name="Failed">Videos that could not be joined, and why: one folder has no features of them, or the features do not fit.</param>
public sealed record StoreJoinReport(int Joined, IReadOnlyList<(string VideoId, EvokeException Error)> Failed);

/// <summary>
/// Joins the features of each video from several folders: those of one modality side by side, in the order of the folders, as features of one encoder whose
/// name says all; picture and sound as one file.
/// </summary>
/// <remarks>Thread-safe; of several writers of one file the last one wins.</remarks>
public static class StoreJoin
{
    /// <summary>Joins every video of the folders. One that does not fit fails alone.</summary>
    /// <param name="stores">At least two folders.</param>
    /// <param name="to">Where the joined features go: none of <paramref name="stores"/>.</param>
    /// <param name="progress">Called for every video.</param>
    /// <param name="cancellationToken">Stops the join.</param>
    /// <exception cref="ArgumentException">There are fewer than two folders, one is named twice, or the features would go into one of them.</exception>
    /// <exception cref="FileWriteException">A file cannot be written.</exception>
    public static StoreJoinReport Run(
        IReadOnlyList<FeatureStore> stores, FeatureStore to, IProgress<FeatureProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(to);
        if (stores.Count < 2 || stores.Append(to).DistinctBy(store => store.Folder, StringComparer.Ordinal).Count() <= stores.Count)
        {
            throw new ArgumentException("A join needs two or more different folders, and another one to write to.", nameof(stores));
        }

        string[] ids = [.. stores.SelectMany(store => store.VideoIds()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        IReadOnlyList<(string VideoId, EvokeException Error)> failed = EachVideo.Do(
            ids, id => to.Write(SideBySide.Join([.. stores.Select(store => (store.PathOf(id), store.Read(id)))])), progress, cancellationToken);
        return new StoreJoinReport(ids.Length - failed.Count, failed);
    }
}
