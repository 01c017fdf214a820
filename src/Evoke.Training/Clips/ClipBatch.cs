namespace Evoke.Training.Clips;

/// <summary>The clips of one step, as plain arrays that are used again for later batches.</summary>
public sealed class ClipBatch
{
    /// <summary>Numbers of the videos in the training set: [clips].</summary>
    public int[] Videos { get; private set; } = [];

    /// <summary>Rows of each clip.</summary>
    public int Steps { get; private set; }

    /// <summary>The head's visual input: [clips, steps, visual width] at the start of the array; empty for a head that does not look.</summary>
    public float[] Visual { get; private set; } = [];

    /// <summary>The head's audio input: [clips, steps, audio width] at the start of the array; empty for a head that does not listen.</summary>
    public float[] Audio { get; private set; } = [];

    /// <summary>Labels: [clips, steps, emotions] at the start of the array.</summary>
    public float[] Labels { get; private set; } = [];

    /// <summary>1 where a row counts: [clips, steps] at the start of the array; empty if all do.</summary>
    public float[] Mask { get; private set; } = [];

    /// <summary>How many clips there are.</summary>
    public int Clips => Videos.Length;

    /// <summary>Makes room.</summary>
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
