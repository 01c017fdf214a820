using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>The input of heads that take picture and sound as one.</summary>
internal static class JoinedInput
{
    /// <summary>[B, T, visual + audio width], float32: the numbers of the picture, then those of the sound.</summary>
    public static Tensor Of(Tensor? visual, Tensor? audio)
    {
        Tensor joined = visual is null ? audio! : audio is null ? visual : cat([visual, audio], -1);
        return joined.to(ScalarType.Float32);
    }
}
