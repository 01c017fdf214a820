using Evoke.Encoders.Torch;
using Evoke.Training.Recipes;

namespace Evoke.Training.Runs;

/// <summary>The arithmetic that a recipe asks for.</summary>
internal static class RecipePrecision
{
    /// <summary>The arithmetic on a device.</summary>
    public static Precision Of(PrecisionChoice choice, ComputeDevice device) => choice switch
    {
        PrecisionChoice.Fastest => PrecisionNames.FastestOn(device),
        PrecisionChoice.Float32 => Precision.Float32,
        PrecisionChoice.Bfloat16 => Precision.BFloat16,
        _ => throw new InvalidOperationException($"There is no precision {choice}."),
    };
}
