namespace Evoke.Curves.Metrics;

/// <summary>Which rows of a video count when curves are compared with labels.</summary>
public enum RowProtocol
{
    /// <summary>All rows, including rows of zeros, in which no face was detected: the challenge's protocol.</summary>
    All,

    /// <summary>Only rows in which a face was detected, that is, in which some label is not 0. Other rows have no labels.</summary>
    FaceDetected,
}
