using Evoke.Curves.Csv;
using Evoke.Media.Synthesis;

namespace Evoke.Datasets.Demo;

/// <summary>One film of a <see cref="DemoDataset"/>: its scenes and its labels.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="VideoId">Its id: 11 characters, as YouTube's are.</param>
/// <param name="Split">Its split.</param>
/// <param name="Film">Its scenes.</param>
/// <param name="Labels">The 15 emotions of EEV at 6 Hz.</param>
public sealed record DemoDatasetFilm(string VideoId, DatasetSplit Split, SyntheticFilm Film, LabelledVideo Labels);
