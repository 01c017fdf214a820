namespace Evoke.Curves.Metrics;

/// <summary>Which rows of a video count when curves are compared with labels.</summary>
public enum RowProtocol
{
    /// <summary>All rows, including rows of zeros, in which no face was detected: the challenge's protocol.</summary>
    All,

    /// <summary>
    /// Only rows with labels. Where <see cref="EmotionScheme.ZeroRowsAreMissing"/>, as in EEV, a row of zeros has none: no face was detected.
    /// </summary>
    FaceDetected,
}
