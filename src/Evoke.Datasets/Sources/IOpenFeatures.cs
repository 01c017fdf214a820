namespace Evoke.Datasets.Sources;

/// <summary>The features of one video, read row by row. One thread at a time.</summary>
public interface IOpenFeatures : IDisposable
{
    /// <summary>Duration of the video in seconds, as far as there are features.</summary>
    double DurationSeconds { get; }

    /// <summary>Features of the picture; null if there are none.</summary>
    IFeatureRows? Visual { get; }

    /// <summary>Features of the sound; null if there are none.</summary>
    IFeatureRows? Audio { get; }
}
