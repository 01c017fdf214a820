namespace Evoke.Training.Recipes;

/// <summary>What the data decides of a head.</summary>
/// <param name="VisualWidth">Values per step of the visual input, with the position if it is appended; 0 without picture.</param>
/// <param name="AudioWidth">Values per step of the audio input, with the position if it is appended; 0 without sound.</param>
/// <param name="Emotions">Number of curves, at least 1.</param>
/// <param name="StepsUpTo">The number of training steps, evenly spaced, if they are to be at most as many as the argument says.</param>
internal sealed record HeadInputs(int VisualWidth, int AudioWidth, int Emotions, Func<int, int> StepsUpTo);
