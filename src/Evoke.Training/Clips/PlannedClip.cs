namespace Evoke.Training.Clips;

/// <summary>The steps of one clip.</summary>
/// <param name="Steps">In order of time; at least one.</param>
/// <param name="Counts">False if no step of the clip counts: all were left out, and one stands in for them.</param>
public readonly record struct PlannedClip(int[] Steps, bool Counts)
{
    /// <summary>The step that a row shows: the last one is repeated.</summary>
    public int StepAt(int row) => Steps[Math.Min(row, Steps.Length - 1)];
}
