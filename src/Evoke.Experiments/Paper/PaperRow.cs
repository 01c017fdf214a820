using Evoke.Training.Recipes;

namespace Evoke.Experiments.Paper;

/// <summary>A row of Tables 1 to 3.</summary>
/// <param name="Name">The name to display.</param>
/// <param name="Recipe">The recipe that trains it.</param>
/// <param name="Validation">The paper's best validation correlation.</param>
/// <param name="Labels">The paper's label correlation; null outside Table 2.</param>
/// <param name="Filter">The filter of that correlation.</param>
internal sealed record PaperRow(string Name, string Recipe, PaperFigure Validation, PaperFigure? Labels = null, LabelFilterKind Filter = LabelFilterKind.None);
