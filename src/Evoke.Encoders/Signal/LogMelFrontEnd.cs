namespace Evoke.Encoders.Signal;

/// <summary>Log-mel front ends of published networks.</summary>
internal enum LogMelFrontEnd
{
    /// <summary>VGGish and YAMNet: 96 frames x 64 bands.</summary>
    Vggish,

    /// <summary>AST (Gong et al., Interspeech 2021): 1024 frames x 128 bands.</summary>
    Ast,

    /// <summary>BEATs (Chen et al., ICML 2023): 128 bands.</summary>
    Beats,

    /// <summary>PANNs at 32 kHz (Kong et al., TASLP 2020): 64 bands.</summary>
    Panns,

    /// <summary>CLAP without fusion (Wu et al., ICASSP 2023): 1001 frames x 64 bands at 48 kHz.</summary>
    Clap,
}

/// <summary>The parameters of <see cref="LogMelFrontEnd"/>, as their authors' code has them.</summary>
internal static class LogMelFrontEnds
{
    // Kaldi's filterbank: std::numeric_limits<float>::epsilon() (torchaudio, compliance/kaldi.py).
    private const float Epsilon = 1.1920929e-7f;

    // github.com/YuanGongND/ast, src/dataloader.py; the mean and deviation of AudioSet are in transformers'
    // feature_extraction_audio_spectrogram_transformer.py, which divides by twice the deviation, as dataloader.py does.
    // The mean of the whole waveform, which dataloader.py subtracts, is gone with that of each frame.
    private static readonly LogMelOptions Ast = new()
    {
        Bands = 128,
        LowHz = 20,
        HighHz = 8000,
        LogOffset = 0,
        Window = SpectralWindowShape.HannSymmetric,
        RemoveDc = true,
        PreEmphasis = 0.97,
        Power = true,
        Floor = Epsilon,
        Subtract = -4.2677393f,
        DivideBy = 2 * 4.5689974f,
    };

    // github.com/microsoft/unilm, beats/BEATs.py: preprocess; the window is kaldi.fbank's default.
    private static readonly LogMelOptions Beats = Ast with
    {
        Gain = 32_768,
        Window = SpectralWindowShape.Povey,
        Subtract = 15.41663f,
        DivideBy = 2 * 6.55582f,
    };

    // github.com/qiuqiangkong/audioset_tagging_cnn, pytorch/models.py (Cnn14), pytorch/stft.py and README.md.
    private static readonly LogMelOptions Panns = new()
    {
        SampleRate = 32_000,
        WindowLength = 1024,
        HopLength = 320,
        FftSize = 1024,
        LowHz = 50,
        HighHz = 14_000,
        LogOffset = 0,
        Centred = true,
        Power = true,
        Scale = MelScale.Slaney,
        AreaNormalised = true,
        Floor = 1e-10f,
        Decibels = true,
    };

    // Slaney's filterbank, 1024 samples every 480 and 14 kHz: github.com/huggingface/transformers, clap/feature_extraction_clap.py (truncation "rand_trunc");
    // 48 kHz and 10 s: github.com/LAION-AI/CLAP, src/laion_clap/hook.py; 50 Hz: its model_configs.
    private static readonly LogMelOptions Clap = Panns with { SampleRate = 48_000, HopLength = 480 };

    /// <summary>The parameters of a front end.</summary>
    public static LogMelOptions OptionsOf(LogMelFrontEnd frontEnd) => frontEnd switch
    {
        LogMelFrontEnd.Vggish => new LogMelOptions(),
        LogMelFrontEnd.Ast => Ast,
        LogMelFrontEnd.Beats => Beats,
        LogMelFrontEnd.Panns => Panns,
        LogMelFrontEnd.Clap => Clap,
        _ => throw new ArgumentOutOfRangeException(nameof(frontEnd), frontEnd, "Unknown front end."),
    };

    /// <summary>Frames in a patch; null where any number will do.</summary>
    public static int? PatchFramesOf(LogMelFrontEnd frontEnd) => frontEnd switch
    {
        LogMelFrontEnd.Vggish => 96,
        LogMelFrontEnd.Ast => 1024,
        LogMelFrontEnd.Clap => 1001,
        _ => null,
    };
}
