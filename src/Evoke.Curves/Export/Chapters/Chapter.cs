namespace Evoke.Curves.Export.Chapters;

/// <summary>A chapter of a video; it lasts until the next one begins, or until the video ends.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="StartSeconds">When it begins, in seconds from the start of the video, 0 or more.</param>
/// <param name="Title">What viewers read.</param>
public sealed record Chapter(double StartSeconds, string Title);
