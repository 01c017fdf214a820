using System.Collections.Immutable;

namespace Evoke.Studio.Storage;

/// <summary>Decides from where the process ended without warning during a job whether the job ends it.</summary>
/// <remarks>
/// A kill from outside comes at any point, a job that crashes the process or exhausts its memory comes back to the same one. A later ending further on shows
/// that the job got past the earlier points, so they no longer count; a later ending before them shows nothing, and they stay.
/// </remarks>
internal static class SuddenEndings
{
    /// <summary>A job is given up after this many endings at the same point.</summary>
    public const int Most = 3;

    /// <summary>Progress is stored at least this often, as a fraction of the job, so that two endings at one point differ by less than twice this.</summary>
    public const double Step = 0.01;

    /// <summary>The endings that count after one more.</summary>
    /// <param name="before">The progress at the earlier ones, oldest first, each in [0,1].</param>
    /// <param name="progress">The progress at the newest one.</param>
    public static ImmutableArray<double> With(ImmutableArray<double> before, double progress) =>
        [.. before.Where(earlier => earlier > progress || IsSamePoint(earlier, progress)), progress];

    /// <summary>True if the newest ending came at the same point as enough earlier ones.</summary>
    /// <param name="endings">From <see cref="With"/>; not empty.</param>
    public static bool IsHopeless(ImmutableArray<double> endings) => endings.Count(ending => IsSamePoint(ending, endings[^1])) >= Most;

    private static bool IsSamePoint(double one, double other) => Math.Abs(one - other) <= (2 * Step) + 1e-9;
}
