namespace Evoke.Kernels.Recurrent;

/// <summary>The extents of one GRU's work on one batch.</summary>
/// <param name="Batch">Clips.</param>
/// <param name="Steps">Steps of each clip.</param>
/// <param name="Inputs">Numbers per step that go in.</param>
/// <param name="Hidden">Hidden units per direction.</param>
/// <param name="Layers">Layers.</param>
/// <param name="Directions">1, or 2 to read from both ends.</param>
/// <param name="BFloat16">True if tensors are bfloat16, false for float32.</param>
/// <param name="Workers">Threads that share the steps.</param>
internal readonly record struct GruShape(int Batch, int Steps, int Inputs, int Hidden, int Layers, int Directions, bool BFloat16, int Workers)
{
    // Fewer rows than this make a product no faster, only more numerous.
    private const int SmallestSlice = 16;

    /// <summary>Clips and steps together: rows of the large products.</summary>
    public int Rows => Batch * Steps;

    /// <summary>Numbers per step that a layer gives.</summary>
    public int Outputs => Hidden * Directions;

    /// <summary>Into how many parts the clips of each direction are cut: clips do not know of each other, so each part is one thread's.</summary>
    public int Slices => Math.Clamp(Workers / Directions, 1, Math.Max(1, Batch / SmallestSlice));

    /// <summary>Numbers per step that go into a layer.</summary>
    public int InputsOf(int layer) => layer == 0 ? Inputs : Outputs;

    /// <summary>The clips of a slice: [from, to).</summary>
    public (int From, int To) ClipsOf(int slice) => (Batch * slice / Slices, Batch * (slice + 1) / Slices);
}
