using System.Collections.Immutable;
using Evoke.Curves;

namespace Evoke.Training.Reports;

/// <summary>A video with what was shown and what was predicted.</summary>
/// <param name="Id">The video.</param>
/// <param name="Pearson">Mean over the emotions.</param>
/// <param name="PearsonByEmotion">One for each emotion.</param>
/// <param name="Labels">What viewers showed.</param>
/// <param name="Predicted">What the model says, on the same grid.</param>
internal sealed record ReportVideo(string Id, double Pearson, ImmutableArray<double> PearsonByEmotion, EmotionCurves Labels, EmotionCurves Predicted);
