using Evoke.Curves;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Extraction;
using Evoke.Heads.Models;
using Microsoft.Extensions.Logging;

namespace Evoke.Heads;

/// <summary>Options of a predictor.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody adds encoders to its catalog.</remarks>
public sealed record PredictorOptions
{
    /// <summary>Rows per second of the curves (Hz); EEV's rate is 6.</summary>
    public Rate Rate { get; init; } = new(6);

    /// <summary>How a trained head runs.</summary>
    public HeadModelOptions Head { get; init; } = new();

    /// <summary>How the visual encoder runs.</summary>
    public EncoderOptions Visual { get; init; } = EncoderOptions.Default;

    /// <summary>How the audio encoder runs.</summary>
    public EncoderOptions Audio { get; init; } = EncoderOptions.Default;

    /// <summary>The catalog name to use instead of the model's, for example "onnx:/elsewhere/net.onnx"; it must still compute the model's features.</summary>
    public string? VisualEncoder { get; init; }

    /// <summary>The catalog name to use instead of the model's; it must still compute the model's features.</summary>
    public string? AudioEncoder { get; init; }

    /// <summary>How videos are decoded; the rate is always the model's; the one given here is ignored.</summary>
    public ExtractionOptions Extraction { get; init; } = new();

    /// <summary>The catalog of encoders.</summary>
    public EncoderCatalog Encoders { get; init; } = EncoderCatalog.CreateDefault();

    /// <summary>Where the predictor logs what happens; null for silence.</summary>
    public ILogger? Logger { get; init; }
}
