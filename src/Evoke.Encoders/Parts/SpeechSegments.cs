namespace Evoke.Encoders.Parts;

/// <summary>Finds stretches of speech in the probabilities of Silero's detector, as its authors do.</summary>
/// <remarks>
/// get_speech_timestamps in github.com/snakers4/silero-vad, src/silero_vad/utils_vad.py, with its default values but without the 30 ms that it adds at
/// both ends: speech begins at a probability of 0.5, ends once it has been below 0.35 for 100 ms, and counts if it is longer than 250 ms.
/// </remarks>
internal static class SpeechSegments
{
    private const float Beginning = 0.5f, Ending = 0.35f;
    private const double ShortestSilence = 0.1, ShortestSpeech = 0.25;

    /// <summary>The stretches, in order, in seconds from the start.</summary>
    /// <param name="probabilities">One for each window.</param>
    /// <param name="windowSeconds">From one window to the next.</param>
    public static List<(double Start, double End)> Find(ReadOnlySpan<float> probabilities, double windowSeconds)
    {
        List<(double Start, double End)> found = [];
        double? start = null, silence = null;
        for (int i = 0; i < probabilities.Length; i++)
        {
            double now = i * windowSeconds;
            if (probabilities[i] >= Beginning)
            {
                start ??= now;
                silence = null;
            }
            else if (start is { } begun && probabilities[i] < Ending)
            {
                silence ??= now;
                if (now - silence.Value >= ShortestSilence)
                {
                    Add(begun, silence.Value);
                    (start, silence) = (null, null);
                }
            }
        }

        if (start is { } last)
        {
            Add(last, probabilities.Length * windowSeconds);
        }

        return found;

        void Add(double begin, double end)
        {
            if (end - begin > ShortestSpeech)
            {
                found.Add((begin, end));
            }
        }
    }
}
