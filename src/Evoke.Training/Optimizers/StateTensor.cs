using static TorchSharp.torch;

namespace Evoke.Training.Optimizers;

/// <summary>One tensor of an optimizer's state.</summary>
/// <param name="Name">SLOT.WEIGHT, for example "exp_avg.linear.bias".</param>
/// <param name="Value">The values, shaped like the weight.</param>
internal readonly record struct StateTensor(string Name, Tensor Value);
