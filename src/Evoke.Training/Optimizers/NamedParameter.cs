using TorchSharp.Modules;

namespace Evoke.Training.Optimizers;

/// <summary>A trained weight with its name in the model file.</summary>
/// <param name="Name">The state-dict name.</param>
/// <param name="Value">The weight: float32, contiguous.</param>
internal readonly record struct NamedParameter(string Name, Parameter Value);
