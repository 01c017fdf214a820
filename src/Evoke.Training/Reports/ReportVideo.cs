using System.Collections.Immutable;
using Evoke.Curves;

namespace Evoke.Training.Reports;

/// <summary>A video with its labels and predictions.</summary>
/// <param name="Id">The video.</param>
/// <param name="Pearson">Mean over the emotions.</param>
/// <param name="PearsonByEmotion">One for each emotion.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Predicted">The predictions, on the same grid.</param>
internal sealed record ReportVideo(string Id, double Pearson, ImmutableArray<double> PearsonByEmotion, EmotionCurves Labels, EmotionCurves Predicted);
