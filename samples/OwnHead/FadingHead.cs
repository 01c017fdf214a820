using Evoke.Heads.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OwnHead;

/// <summary>curve = sigmoid(W [x, m] + b), with the memory m[t] = d m[t-1] + (1 - d) x[t]. The decay d is learned.</summary>
public sealed class FadingHead : ReactionHead
{
    private readonly Parameter _decay; // [1]: d = sigmoid of this
    private readonly FullyConnectedLayer _output;

    internal FadingHead(FadingHeadConfig config, InitialWeights initial)
        : base(config, new DropoutSource(config.Dropout))
    {
        double decay = Math.Pow(0.5, 1 / config.HalfLife);
        _decay = nn.Parameter(full([1], (float)Math.Log(decay / (1 - decay))));
        register_parameter(FadingHeadConfig.DecayName, _decay);
        _output = new FullyConnectedLayer(initial.Under(FadingHeadConfig.OutputName), config.InputWidth, config.Emotions);
        register_module(FadingHeadConfig.OutputName, _output);
    }

    protected override HeadOutput Compute(Tensor? visual, Tensor? audio)
    {
        Tensor input = visual is null ? audio! : audio is null ? visual : cat([visual, audio], -1); // [B, T, width]
        Tensor seen = cat([input, MemoryOf(input)], -1); // [B, T, 2 width]
        Tensor scores = _output.forward(training ? Dropout.Drop(seen) : seen).to(ScalarType.Float32); // [B, T, E]
        return new HeadOutput(scores.sigmoid());
    }

    // [B, T, width] to [B, T, width]: the weight of step s in the memory of step t is (1 - d) d^(t - s), and 0 for later steps.
    private Tensor MemoryOf(Tensor input)
    {
        Tensor steps = arange(input.shape[1], ScalarType.Float32, input.device);
        Tensor ago = steps.unsqueeze(1) - steps.unsqueeze(0); // [T, T]
        Tensor decay = _decay.sigmoid();
        Tensor weights = ((1 - decay) * decay.pow(ago.clamp_min(0))).tril(); // [T, T]
        return weights.to(input.dtype).matmul(input);
    }
}
