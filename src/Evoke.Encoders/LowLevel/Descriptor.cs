namespace Evoke.Encoders.LowLevel;

/// <summary>One number of a low-level encoder: its name, unit, range and meaning.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">Unique in its table: group, dot, what is measured; for example "motion.activity".</param>
/// <param name="Unit">What 1 means, for example "frame widths per second"; "1" for a plain ratio.</param>
/// <param name="Minimum">The smallest possible value.</param>
/// <param name="Maximum">The largest possible value.</param>
/// <param name="Meaning">One sentence that says how it is computed.</param>
public sealed record Descriptor(string Name, string Unit, double Minimum, double Maximum, string Meaning);
