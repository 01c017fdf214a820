using Evoke.Datasets.Viewers;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>What viewers said of a video, as it was read.</summary>
/// <param name="Record">Where it is from, and how it was read.</param>
/// <param name="Labels">The labels of this video.</param>
internal sealed record ReadRatings(RatingRecord Record, ViewerLabels Labels);
