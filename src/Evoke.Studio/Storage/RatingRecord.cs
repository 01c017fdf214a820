namespace Evoke.Studio.Storage;

/// <summary>What viewers said of a video: where its files are, and how they are read.</summary>
internal sealed record RatingRecord
{
    /// <summary>Id of the video.</summary>
    public required string VideoId { get; init; }

    /// <summary>Name of the folder that holds the files, among those of the video; another one each time that ratings are given.</summary>
    public required string Folder { get; init; }

    /// <summary>The file or folder that is read, relative to <see cref="Folder"/>, with '/'.</summary>
    public required string Name { get; init; }

    /// <summary>How many files there are.</summary>
    public required int Files { get; init; }

    /// <summary>Their size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The name that the ratings have for the video.</summary>
    public required string RatedAs { get; init; }

    /// <summary>How late raters answered, in seconds.</summary>
    public required double LagSeconds { get; init; }

    /// <summary>When the ratings were given, UTC.</summary>
    public required DateTimeOffset Given { get; init; }
}
