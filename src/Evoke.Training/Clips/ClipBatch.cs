namespace Evoke.Training.Clips;

/// <summary>The clips of one step, as plain arrays that are reused for later batches.</summary>
public sealed class ClipBatch
{
    /// <summary>Indices of the videos in the training set: [clips].</summary>
    public int[] Videos { get; private set; } = [];

    /// <summary>Rows per clip.</summary>
    public int Steps { get; private set; }

    /// <summary>The head's visual input: [clips, steps, visual width] at the start of the array; empty for a head without visual input.</summary>
    public float[] Visual { get; private set; } = [];

    /// <summary>The head's audio input: [clips, steps, audio width] at the start of the array; empty for a head without audio input.</summary>
    public float[] Audio { get; private set; } = [];

    /// <summary>Labels: [clips, steps, emotions] at the start of the array.</summary>
    public float[] Labels { get; private set; } = [];

    /// <summary>1 where a row counts, 0 elsewhere: [clips, steps] at the start of the array; empty if all rows count.</summary>
    public float[] Mask { get; private set; } = [];

    /// <summary>How many clips there are.</summary>
    public int Clips => Videos.Length;

    /// <summary>Sets the shape and resizes the arrays if needed.</summary>
    internal void Shape(int[] videos, int steps, int visualWidth, int audioWidth, int emotions, bool usesMask)
    {
        Videos = videos;
        Steps = steps;
        int rows = videos.Length * steps;
        Visual = Room(Visual, rows * visualWidth);
        Audio = Room(Audio, rows * audioWidth);
        Labels = Room(Labels, rows * emotions);
        Mask = Room(Mask, usesMask ? rows : 0);
    }

    private static float[] Room(float[] present, int wanted) => wanted == 0 ? [] : present.Length >= wanted ? present : new float[wanted];
}
