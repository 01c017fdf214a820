using Evoke.Curves.Films;
using Evoke.Encoders.Parts;
using Evoke.Insights.Films;

namespace Evoke.Studio.Predictions;

/// <summary>Reads shots, loudness and speech from the stored features of a video.</summary>
internal sealed class FilmTrackShelf(FeatureShelf features)
{
    /// <summary>The track of a video.</summary>
    public FilmTrack Of(string videoId) => FilmTracks.Of(features.All(videoId, file => FilmTracks.TellsCuts(file.Visual?.Encoder)
        || FilmTracks.TellsLoudness(file.Audio?.Encoder)
        || SpeechShare.IsToldBy(file.Audio?.Encoder)));
}
