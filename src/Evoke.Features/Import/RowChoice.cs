namespace Evoke.Features.Import;

/// <summary>What becomes of rows that are more frequent than the steps of the store.</summary>
public enum RowChoice
{
    /// <summary>The row that starts nearest to the step.</summary>
    Nearest,

    /// <summary>The mean of the rows that start within the step; the nearest row where there is none.</summary>
    Mean,
}
