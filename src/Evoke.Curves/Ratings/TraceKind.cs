namespace Evoke.Curves.Ratings;

/// <summary>What a rater's trace is between its samples.</summary>
public enum TraceKind
{
    /// <summary>A line from one sample to the next: a slider or joystick read at intervals.</summary>
    Linear,

    /// <summary>Each value holds until the next sample: values logged when they change, and annotated intervals.</summary>
    Steps,
}
