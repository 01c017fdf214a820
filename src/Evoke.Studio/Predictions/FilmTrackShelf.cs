using Evoke.Curves.Films;
using Evoke.Insights.Films;

namespace Evoke.Studio.Predictions;

/// <summary>Reads shots and loudness from the stored features of a video.</summary>
internal sealed class FilmTrackShelf(FeatureShelf features)
{
    /// <summary>The track of a video.</summary>
    public FilmTrack Of(string videoId) => FilmTracks.Of(features.All(
        videoId, file => FilmTracks.TellsCuts(file.Visual?.Encoder) || FilmTracks.TellsLoudness(file.Audio?.Encoder)));
}
