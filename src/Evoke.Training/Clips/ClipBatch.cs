namespace Evoke.Training.Clips;

/// <summary>The clips of one step, as plain arrays that are reused for later batches.</summary>
internal sealed class ClipBatch
{
    /// <summary>Indices of the videos in the training set: [clips].</summary>
    public int[] Videos { get; private set; } = [];

    /// <summary>Rows per clip.</summary>
    public int Steps { get; private set; }

    /// <summary>The head's visual input: [clips, steps, visual width] at the start of the array; empty for a head without visual input.</summary>
    public float[] Visual { get; private set; } = [];

    /// <summary>The head's audio input: [clips, steps, audio width] at the start of the array; empty for a head without audio input.</summary>
    public float[] Audio { get; private set; } = [];

    /// <summary>
    /// Labels as shares of each emotion's range, from 0 to 1: [clips, steps, emotions] at the start of the array. 0 where a label is missing.
    /// </summary>
    public float[] Labels { get; private set; } = [];

    /// <summary>1 where a label counts, 0 elsewhere: [clips, steps, <see cref="MaskWidth"/>] at the start of the array; empty if all count.</summary>
    public float[] Mask { get; private set; } = [];

    /// <summary>Numbers of <see cref="Mask"/> per row: 1 if whole rows count or not, one per emotion if single labels are missing, 0 if all count.</summary>
    public int MaskWidth { get; private set; }

    /// <summary>How much each label weighs: [clips, steps, emotions] at the start of the array; empty if all weigh 1.</summary>
    public float[] Weights { get; private set; } = [];

    /// <summary>How many clips there are.</summary>
    public int Clips => Videos.Length;

    /// <summary>Sets the shape and resizes the arrays if needed.</summary>
    internal void Shape(int[] videos, int steps, int visualWidth, int audioWidth, int emotions, int maskWidth, bool hasWeights)
    {
        Videos = videos;
        Steps = steps;
        MaskWidth = maskWidth;
        int rows = videos.Length * steps;
        Visual = Room(Visual, rows * visualWidth);
        Audio = Room(Audio, rows * audioWidth);
        Labels = Room(Labels, rows * emotions);
        Mask = Room(Mask, rows * maskWidth);
        Weights = Room(Weights, hasWeights ? rows * emotions : 0);
    }

    private static float[] Room(float[] present, int wanted) => wanted == 0 ? [] : present.Length >= wanted ? present : new float[wanted];
}
