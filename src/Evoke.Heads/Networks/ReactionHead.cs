using System.Runtime.InteropServices;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>The output of a head for a batch of clips. Every tensor belongs to the caller's dispose scope.</summary>
/// <remarks>Its tensors are for one thread at a time.</remarks>
/// <param name="Curves">[B, T, emotions], float32.</param>
public sealed record HeadOutput(Tensor Curves)
{
    /// <summary>The output of the visual network before the modalities are joined: [B, T, width]; null for a head without visual input.</summary>
    public Tensor? VisualStates { get; init; }

    /// <summary>The output of the audio network before the modalities are joined: [B, T, width]; null for a head without audio input.</summary>
    public Tensor? AudioStates { get; init; }

    /// <summary>For a head that predicts them separately, the mean of each curve over its clip: [B, emotions], float32; else null.</summary>
    public Tensor? Mean { get; init; }

    /// <summary>For a head that predicts them separately, the spread of each curve over its clip: [B, emotions], float32; else null.</summary>
    public Tensor? StandardDeviation { get; init; }
}

/// <summary>One tensor of a head, copied out.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody writes to its arrays.</remarks>
/// <param name="Spec">Its name and shape.</param>
/// <param name="Values">Row-major.</param>
public sealed record NamedWeights(ParameterSpec Spec, float[] Values);

/// <summary>A network that turns features into curves, clip by clip.</summary>
/// <remarks>Weights are float32 whatever <see cref="Precision"/> is. Not thread-safe.</remarks>
public abstract class ReactionHead : nn.Module<Tensor?, Tensor?, Tensor>
{
    /// <summary>Creates the head; derived types create their parameters with <see cref="InitialWeights"/> and register them.</summary>
    /// <param name="config">Its config.</param>
    /// <param name="dropout">The dropout of training passes; null for none.</param>
    protected ReactionHead(HeadConfig config, DropoutSource? dropout = null)
        : base((config ?? throw new ArgumentNullException(nameof(config))).Kind) => (Config, Dropout) = (config, dropout ?? new DropoutSource(0));

    /// <summary>The config of the head.</summary>
    public HeadConfig Config { get; }

    /// <summary>The dropout of training passes. <see cref="DropoutSource.Restart"/> makes the passes that follow repeatable.</summary>
    public DropoutSource Dropout { get; }

    /// <summary>The arithmetic of the next forward and backward passes. Gradients reach the float32 weights in either.</summary>
    public Precision Precision { get; set; } = Precision.Float32;

    /// <summary>The number of trainable parameters.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>Sets the weights of an untrained head so that it gives each curve's usual level, from which training then starts
    /// (<c>head.start_at_labels</c>).</summary>
    /// <param name="levels">One for each emotion, in (0, 1).</param>
    /// <returns>False if this head cannot; nothing is changed then.</returns>
    /// <exception cref="ArgumentException">There are not as many levels as emotions, or one is not in (0, 1).</exception>
    public virtual bool StartAt(ReadOnlySpan<double> levels) => false;

    /// <summary>Predicts a batch of clips.</summary>
    /// <param name="visual">[B, T, visual width], float32; null for a head without visual input.</param>
    /// <param name="audio">[B, T, audio width], float32; null for a head without audio input.</param>
    /// <returns>[B, T, emotions], float32.</returns>
    /// <exception cref="ArgumentException">An input is missing, not allowed, or has another shape than the config says.</exception>
    public sealed override Tensor forward(Tensor? visual, Tensor? audio)
    {
        using DisposeScope scope = NewDisposeScope();
        return Run(visual, audio).Curves.MoveToOuterDisposeScope();
    }

    /// <summary>Predicts a batch of clips and keeps the outputs that auxiliary losses need.</summary>
    /// <param name="visual">[B, T, visual width], float32; null for a head without visual input.</param>
    /// <param name="audio">[B, T, audio width], float32; null for a head without audio input.</param>
    /// <exception cref="ArgumentException">An input is missing, not allowed, or has another shape than the config says.</exception>
    public HeadOutput Run(Tensor? visual, Tensor? audio)
    {
        CheckInput(visual, Config.VisualWidth, nameof(visual));
        CheckInput(audio, Config.AudioWidth, nameof(audio));
        if (visual is not null && audio is not null && (visual.shape[0] != audio.shape[0] || visual.shape[1] != audio.shape[1]))
        {
            throw new ArgumentException(
                $"Picture and sound must have the same clips and steps; found [{string.Join(", ", visual.shape)}] and [{string.Join(", ", audio.shape)}].",
                nameof(audio));
        }

        TorchRuntime.Start();
        using DisposeScope scope = NewDisposeScope();
        ScalarType type = TorchRuntime.ScalarTypeOf(Precision);
        HeadOutput output = Compute(visual?.to(type), audio?.to(type));
        return new HeadOutput(output.Curves.MoveToOuterDisposeScope())
        {
            VisualStates = output.VisualStates?.MoveToOuterDisposeScope(),
            AudioStates = output.AudioStates?.MoveToOuterDisposeScope(),
            Mean = output.Mean?.MoveToOuterDisposeScope(),
            StandardDeviation = output.StandardDeviation?.MoveToOuterDisposeScope(),
        };
    }

    /// <summary>Loads its weights from a source that <see cref="HeadConfig.CheckWeights"/> has found to fit.</summary>
    /// <param name="weights">Float32 numbers by the head's own names.</param>
    /// <exception cref="KeyNotFoundException">A tensor is missing.</exception>
    /// <exception cref="ArgumentException">A tensor is of another size.</exception>
    public void ReadWeights(IStateDict weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        foreach ((string name, Tensor parameter) in state_dict())
        {
            if (parameter.device_type == DeviceType.CPU)
            {
                weights.Read(name, MemoryMarshal.Cast<byte, float>(parameter.bytes));
                continue;
            }

            using DisposeScope scope = NewDisposeScope();
            using IDisposable quiet = no_grad();
            Tensor staged = empty(parameter.shape);
            weights.Read(name, MemoryMarshal.Cast<byte, float>(staged.bytes));
            parameter.copy_(staged);
        }
    }

    /// <summary>Copies the weights out, for a file or a comparison: float32 numbers by name, in the order of the state dict.</summary>
    public IReadOnlyList<NamedWeights> CopyWeights()
    {
        using DisposeScope scope = NewDisposeScope();
        List<NamedWeights> weights = [];
        foreach ((string name, Tensor parameter) in state_dict())
        {
            Tensor values = parameter.detach().cpu();
            weights.Add(new NamedWeights(new ParameterSpec(name, values.shape), MemoryMarshal.Cast<byte, float>(values.bytes).ToArray()));
        }

        return weights;
    }

    /// <summary>Predicts from checked inputs, cast to <see cref="Precision"/>; the caller has opened a dispose scope for what is created here.</summary>
    /// <param name="visual">[B, T, visual width]; null for a head without visual input.</param>
    /// <param name="audio">[B, T, audio width]; null for a head without audio input.</param>
    /// <returns>Curves [B, T, emotions] in float32: shares of the curves' ranges, 0 for the lowest label and 1 for the highest.</returns>
    protected abstract HeadOutput Compute(Tensor? visual, Tensor? audio);

    private void CheckInput(Tensor? input, int width, string name)
    {
        if (width == 0)
        {
            if (input is not null)
            {
                throw new ArgumentException($"The {Config.Kind} head takes no {name} input; found [{string.Join(", ", input.shape)}].", name);
            }

            return;
        }

        if (input is null || input.dim() != 3 || input.shape[2] != width)
        {
            throw new ArgumentException(
                $"The {Config.Kind} head takes {name} input [clips, steps, {width}]; found {(input is null ? "none" : $"[{string.Join(", ", input.shape)}]")}.",
                name);
        }
    }
}
