using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Extraction;
using Evoke.Heads.Models;

namespace Evoke.Heads;

/// <summary>Options of a predictor.</summary>
public sealed record PredictorOptions
{
    /// <summary>Rows per second of the curves (Hz); EEV's rate is 6.</summary>
    public double Rate { get; init; } = 6;

    /// <summary>How a trained head runs.</summary>
    public HeadModelOptions Head { get; init; } = new();

    /// <summary>How the visual encoder runs.</summary>
    public EncoderOptions Visual { get; init; } = EncoderOptions.Default;

    /// <summary>How the audio encoder runs.</summary>
    public EncoderOptions Audio { get; init; } = EncoderOptions.Default;

    /// <summary>What to ask the catalog for instead of the name that the model gives, for example "onnx:/elsewhere/net.onnx"; its features must still be the
    /// model's.</summary>
    public string? VisualEncoder { get; init; }

    /// <summary>What to ask the catalog for instead of the name that the model gives; its features must still be the model's.</summary>
    public string? AudioEncoder { get; init; }

    /// <summary>How videos are decoded; the rate is always the model's; the one given here is ignored.</summary>
    public ExtractionOptions Extraction { get; init; } = new();

    /// <summary>The catalog of encoders.</summary>
    public EncoderCatalog Encoders { get; init; } = EncoderCatalog.CreateDefault();
}
