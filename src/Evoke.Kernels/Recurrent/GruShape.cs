namespace Evoke.Kernels.Recurrent;

/// <summary>The extents of one GRU's work on one batch.</summary>
/// <param name="Batch">Clips.</param>
/// <param name="Steps">Steps of each clip.</param>
/// <param name="Inputs">Values per input step.</param>
/// <param name="Hidden">Hidden units per direction.</param>
/// <param name="Layers">Layers.</param>
/// <param name="Directions">1, or 2 to read from both ends.</param>
/// <param name="BFloat16">True if tensors are bfloat16, false for float32.</param>
/// <param name="Workers">Threads that share the steps.</param>
internal readonly record struct GruShape(int Batch, int Steps, int Inputs, int Hidden, int Layers, int Directions, bool BFloat16, int Workers)
{
    // Splitting into fewer rows than this makes products more numerous, but no faster.
    private const int SmallestSlice = 16;

    /// <summary>Clips and steps together: rows of the large products.</summary>
    public int Rows => Batch * Steps;

    /// <summary>Values per output step of a layer.</summary>
    public int Outputs => Hidden * Directions;

    /// <summary>Into how many parts the clips of each direction are cut: clips are independent, so each part gets a thread of its own.</summary>
    public int Slices => Math.Clamp(Workers / Directions, 1, Math.Max(1, Batch / SmallestSlice));

    /// <summary>Values per input step of a layer.</summary>
    public int InputsOf(int layer) => layer == 0 ? Inputs : Outputs;

    /// <summary>The clips of a slice: [from, to).</summary>
    public (int From, int To) ClipsOf(int slice) => (Batch * slice / Slices, Batch * (slice + 1) / Slices);
}
