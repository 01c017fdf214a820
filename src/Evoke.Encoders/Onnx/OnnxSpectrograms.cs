using System.Numerics;
using Evoke.Encoders.Signal;

namespace Evoke.Encoders.Onnx;

/// <summary>From a description's spectrogram to the front end's parameters and back.</summary>
internal static class OnnxSpectrograms
{
    private const string Prefix = "spectrogram.";
    private const int LargestFft = 1 << 16, LargestHop = 1 << 14;

    /// <summary>The parameters that a description asks for.</summary>
    public static LogMelOptions OptionsOf(OnnxDescription description)
    {
        LogMelOptions usual = LogMelFrontEnds.OptionsOf(description.FrontEnd ?? LogMelFrontEnd.Vggish);
        OnnxSpectrogram changes = description.Spectrogram ?? new OnnxSpectrogram();
        return usual with
        {
            SampleRate = description.SampleRate ?? usual.SampleRate,
            Gain = description.Gain ?? usual.Gain,
            WindowLength = changes.WindowLength ?? usual.WindowLength,
            HopLength = changes.HopLength ?? usual.HopLength,
            FftSize = changes.FftSize ?? usual.FftSize,
            Window = changes.Window ?? usual.Window,
            Centred = changes.Centred ?? usual.Centred,
            RemoveDc = changes.RemoveDc ?? usual.RemoveDc,
            PreEmphasis = changes.PreEmphasis ?? usual.PreEmphasis,
            Power = changes.Power is { } power ? power == 2 : usual.Power,
            Bands = changes.Bands ?? usual.Bands,
            Scale = changes.MelScale ?? usual.Scale,
            AreaNormalised = changes.AreaNormalised ?? usual.AreaNormalised,
            LowHz = changes.LowHz ?? usual.LowHz,
            HighHz = changes.HighHz ?? usual.HighHz,
            Floor = changes.Floor ?? usual.Floor,
            LogOffset = changes.LogOffset ?? description.LogOffset ?? usual.LogOffset,
            Decibels = changes.Decibels ?? usual.Decibels,
            Subtract = changes.Subtract ?? usual.Subtract,
            DivideBy = changes.DivideBy ?? usual.DivideBy,
        };
    }

    /// <summary>A spectrogram's description in which nothing is left open.</summary>
    public static OnnxSpectrogram Of(LogMelOptions options, int patchFrames) => new()
    {
        PatchFrames = patchFrames,
        WindowLength = options.WindowLength,
        HopLength = options.HopLength,
        FftSize = options.FftSize,
        Window = options.Window,
        Centred = options.Centred,
        RemoveDc = options.RemoveDc,
        PreEmphasis = options.PreEmphasis,
        Power = options.Power ? 2 : 1,
        Bands = options.Bands,
        MelScale = options.Scale,
        AreaNormalised = options.AreaNormalised,
        LowHz = options.LowHz,
        HighHz = options.HighHz,
        Floor = options.Floor,
        LogOffset = options.LogOffset,
        Decibels = options.Decibels,
        Subtract = options.Subtract,
        DivideBy = options.DivideBy,
    };

    /// <summary>Names what is out of range.</summary>
    public static void Check(OnnxDescription description, LogMelOptions options, OnnxMistakes mistakes)
    {
        if (description is { LogOffset: not null, Spectrogram.LogOffset: not null })
        {
            mistakes.AddKey("logOffset", "it is the older name of \"spectrogram.logOffset\": give one of the two.");
        }

        OnnxKeys.CheckRange(Prefix + "windowLength", options.WindowLength, 2, LargestFft, mistakes);
        OnnxKeys.CheckRange(Prefix + "hopLength", options.HopLength, 1, LargestHop, mistakes);
        OnnxKeys.CheckRange(Prefix + "bands", options.Bands, 1, 4096, mistakes);
        OnnxKeys.CheckRange(Prefix + "preEmphasis", options.PreEmphasis, 0, 1, mistakes);
        OnnxKeys.CheckRange(Prefix + "power", description.Spectrogram?.Power, 1, 2, mistakes);
        CheckEdges(options, mistakes);
        OnnxKeys.CheckRange(Prefix + "floor", options.Floor, 0, float.MaxValue, mistakes);
        OnnxKeys.CheckRange(Prefix + "logOffset", options.LogOffset, 0, float.MaxValue, mistakes);
        OnnxKeys.CheckRange(Prefix + "subtract", options.Subtract, float.MinValue, float.MaxValue, mistakes);
        bool holdsFrame = options.FftSize >= options.WindowLength || mistakes.Has(Prefix + "windowLength");
        if (options.FftSize is < 4 or > LargestFft || !BitOperations.IsPow2(options.FftSize) || !holdsFrame)
        {
            mistakes.AddKey(Prefix + "fftSize", $"expected a power of two that is at least windowLength, {options.WindowLength}; found {options.FftSize}.");
        }

        if (options is { Floor: 0, LogOffset: 0 })
        {
            mistakes.AddKey(Prefix + "logOffset", "silence has no logarithm: expected a logOffset or a floor above 0; found 0 for both.");
        }

        OnnxKeys.CheckFactor(Prefix + "divideBy", options.DivideBy, mistakes);
    }

    // Without a rate there is no highest frequency, and a wrong edge says nothing about the other one.
    private static void CheckEdges(LogMelOptions options, OnnxMistakes mistakes)
    {
        const string low = Prefix + "lowHz", high = Prefix + "highHz";
        if (mistakes.Has("sampleRate"))
        {
            return;
        }

        OnnxKeys.CheckRange(low, options.LowHz, 0, options.SampleRate / 2.0, mistakes);
        OnnxKeys.CheckRange(high, options.HighHz, 0, options.SampleRate / 2.0, mistakes);
        if (options.HighHz <= options.LowHz && !mistakes.Has(low, high))
        {
            mistakes.AddKey(high, FormattableString.Invariant($"expected more than lowHz, {options.LowHz}; found {options.HighHz}."));
        }
    }
}
