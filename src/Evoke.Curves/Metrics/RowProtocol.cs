namespace Evoke.Curves.Metrics;

/// <summary>Which rows of a video count when curves are compared with labels.</summary>
public enum RowProtocol
{
    /// <summary>All rows, also those of zeros in which no face was detected: the challenge's protocol.</summary>
    All,

    /// <summary>Only rows in which a face was detected, that is, in which some label is not 0: the honest protocol.</summary>
    FaceDetected,
}
