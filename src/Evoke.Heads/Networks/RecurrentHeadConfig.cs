using System.Text.Json.Serialization;

namespace Evoke.Heads.Networks;

/// <summary>A head whose modalities each pass through a recurrent network: what those networks look like.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract record RecurrentHeadConfig : HeadConfig
{
    private protected RecurrentHeadConfig(string kind)
        : base(kind)
    {
    }

    /// <summary>Hidden units of the visual network, per direction.</summary>
    public int VisualHidden { get; init; } = 512;

    /// <summary>Hidden units of the audio network, per direction.</summary>
    public int AudioHidden { get; init; } = 128;

    /// <summary>Layers of each network.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>True for bidirectional networks.</summary>
    public bool Bidirectional { get; init; } = true;

    /// <summary>Share of the numbers between two layers that is set to 0 in training, in [0, 1).</summary>
    public double Dropout { get; init; } = 0.3;

    /// <summary>Values per step after the modalities are joined.</summary>
    [JsonIgnore]
    public int JoinedWidth => VisualStates + AudioStates;

    /// <inheritdoc/>
    public override StateWidths? FindStateWidths() => new(VisualStates, AudioStates);

    private protected int VisualStates => VisualWidth == 0 ? 0 : VisualHidden * Directions;

    private protected int AudioStates => AudioWidth == 0 ? 0 : AudioHidden * Directions;

    private protected int Directions => Bidirectional ? 2 : 1;

    /// <inheritdoc/>
    protected override void FindMistakes(List<string> mistakes)
    {
        RequireAtLeastOne(mistakes, "the number of visual hidden units", VisualHidden);
        RequireAtLeastOne(mistakes, "the number of audio hidden units", AudioHidden);
        RequireAtLeastOne(mistakes, "the number of layers", Layers);
        RequireDropout(mistakes, Dropout);
    }

    private protected IEnumerable<ParameterSpec> DescribeRecurrentParameters()
    {
        IEnumerable<ParameterSpec> visual = VisualWidth == 0 ? [] : Gru.Describe(RecurrentHead.VisualName, VisualWidth, VisualHidden, Layers, Bidirectional);
        IEnumerable<ParameterSpec> audio = AudioWidth == 0 ? [] : Gru.Describe(RecurrentHead.AudioName, AudioWidth, AudioHidden, Layers, Bidirectional);
        return visual.Concat(audio);
    }
}
