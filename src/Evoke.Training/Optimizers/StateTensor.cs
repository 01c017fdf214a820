using static TorchSharp.torch;

namespace Evoke.Training.Optimizers;

/// <summary>One tensor that an optimizer remembers.</summary>
/// <param name="Name">SLOT.WEIGHT, for example "exp_avg.linear.bias".</param>
/// <param name="Value">Shaped as the weight.</param>
public readonly record struct StateTensor(string Name, Tensor Value);
