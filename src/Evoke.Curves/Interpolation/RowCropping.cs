namespace Evoke.Curves.Interpolation;

/// <summary>Shortens curves to labels that were moved earlier and so became shorter.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class RowCropping
{
    /// <summary>The first rows of curves.</summary>
    /// <param name="curves">The curves.</param>
    /// <param name="grid">The same rate and at most as many rows.</param>
    /// <exception cref="ArgumentException">The rates differ, or the curves are too short.</exception>
    public static EmotionCurves Cropped(EmotionCurves curves, TimeGrid grid)
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (curves.Grid == grid)
        {
            return curves;
        }

        if (curves.Grid.Rate != grid.Rate || curves.Grid.Count < grid.Count)
        {
            throw new ArgumentException($"Curves of {curves.Grid} do not have the rows of {grid}.", nameof(grid));
        }

        return new EmotionCurves(curves.Scheme, grid, curves.Values[..(grid.Count * curves.Scheme.Count)].ToArray());
    }
}
