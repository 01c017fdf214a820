namespace Evoke.Training.Clips;

/// <summary>The steps of one clip.</summary>
/// <param name="Steps">In order of time; at least one.</param>
/// <param name="Counts">False if no step of the clip counts: all were dropped, and one is kept as a placeholder.</param>
internal readonly record struct PlannedClip(int[] Steps, bool Counts)
{
    /// <summary>The step for a row; rows after the last step repeat it.</summary>
    public int StepAt(int row) => Steps[Math.Min(row, Steps.Length - 1)];
}
