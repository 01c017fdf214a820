using System.Collections.Immutable;
using Evoke.Encoders.Onnx;
using Evoke.Encoders.Signal;

namespace Evoke.Encoders.Weights;

/// <summary>The presets, one record each, in the order in which they are listed: docs/presets.md is made from them.</summary>
/// <remarks>
/// Every constant was read in a source that the record names; what Evoke chose is said in the notes. None was ever run with its authors' weights, so that all
/// are untested. Sizes are those of float32 files of the architectures. No address of an ONNX file was found in their authors' repositories.
/// </remarks>
internal static class OnnxPresets
{
    private const int Any = -1;
    private const string AuthorsCode = "https://github.com/";
    private const string ClipCode = AuthorsCode + "openai/CLIP/blob/main/";
    private const string DinoCode = AuthorsCode + "facebookresearch/dinov2/blob/main/";
    private const string VideoMaeCode = AuthorsCode + "MCG-NJU/VideoMAE/blob/main/";
    private const string PannsCode = AuthorsCode + "qiuqiangkong/audioset_tagging_cnn/blob/master/";
    private const string AstCode = AuthorsCode + "YuanGongND/ast/blob/master/";
    private const string UnilmCode = AuthorsCode + "microsoft/unilm/blob/master/";
    private const string FairseqCode = AuthorsCode + "facebookresearch/fairseq/blob/main/examples/wav2vec/";

    // https://github.com/openai/CLIP/blob/main/clip/clip.py, _transform.
    private static readonly float[] s_clipMean = [0.48145466f, 0.4578275f, 0.40821073f];
    private static readonly float[] s_clipDeviation = [0.26862954f, 0.26130258f, 0.27577711f];

    // https://github.com/facebookresearch/dinov2/blob/main/dinov2/data/transforms.py; https://github.com/MCG-NJU/VideoMAE/blob/main/kinetics.py.
    private static readonly float[] s_imageNetMean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] s_imageNetDeviation = [0.229f, 0.224f, 0.225f];

    /// <summary>All of them.</summary>
    public static ImmutableArray<OnnxPreset> All { get; } =
    [
        Clip("clip-vit-b-32", "ViT-B/32", 512, 351),
        Clip("clip-vit-l-14", "ViT-L/14", 768, 1216),
        Dino("dinov2-vit-b-14", "ViT-B/14", "dinov2_vitb14", 768, 346),
        Dino("dinov2-vit-l-14", "ViT-L/14", "dinov2_vitl14", 1024, 1217),
        VideoMae(),
        Panns(),
        Ast(),
        Beats(),
        Wav2Vec(),
    ];

    private static OnnxPreset Clip(string name, string model, int width, int megabytes) => new()
    {
        Name = name,
        Address = null,
        Format = null,
        IsUntested = true,
        ApproximateBytes = Megabytes(megabytes),
        FeatureWidth = width,
        Licence = "MIT",
        TrainedOn = "pictures with captions from the internet, among them YFCC100M",
        Citation = "A. Radford et al., Learning Transferable Visual Models From Natural Language Supervision, ICML 2021, arXiv:2103.00020",
        Takes = "224 x 224 pixels from the middle, a picture for each step",
        Input = [Any, 3, 224, 224],
        Output = [Any, width],
        Settings = new OnnxDescription
        {
            Kind = OnnxKind.Pictures,
            Axes = "NCHW",
            Width = 224,
            Height = 224,
            ShortSide = 224,
            Mean = s_clipMean,
            Std = s_clipDeviation,
            Title = $"CLIP {model}, pictures",
            Licence = "MIT",
            Source = "https://github.com/openai/CLIP",
        },
        Notes = "The features are those of `encode_image`, as they are: CLIP's own linear classifier takes them so; its comparisons scale them to length 1."
            + " Its pooling, the projection of the first token, is in the network.",
        Sources =
        [
            (ClipCode + "clip/clip.py", "`_transform`: shorter side 224, bicubic, cut from the middle, mean, deviation"),
            (ClipCode + "clip/model.py", "`VisionTransformer`: pooling and output"),
            (ClipCode + "README.md", "`encode_image` without scaling to length 1 in *Linear-probe evaluation*"),
            (ClipCode + "LICENSE", "licence"),
            (ClipCode + "model-card.md", "training data; the authors' limits of use, which exclude deployment without tests of one's own"),
        ],
        Export = OnnxPresetExports.Clip(name, model),
    };

    private static OnnxPreset Dino(string name, string model, string hubName, int width, int megabytes) => new()
    {
        Name = name,
        Address = null,
        Format = null,
        IsUntested = true,
        ApproximateBytes = Megabytes(megabytes),
        FeatureWidth = width,
        Licence = "Apache-2.0",
        TrainedOn = "LVD-142M (142 million pictures)",
        Citation = "M. Oquab et al., DINOv2: Learning Robust Visual Features without Supervision, 2023, arXiv:2304.07193",
        Takes = "224 x 224 pixels from the middle, a picture for each step",
        Input = [Any, 3, 224, 224],
        Output = [Any, width],
        Settings = new OnnxDescription
        {
            Kind = OnnxKind.Pictures,
            Axes = "NCHW",
            Width = 224,
            Height = 224,
            ShortSide = 256,
            Mean = s_imageNetMean,
            Std = s_imageNetDeviation,
            Title = $"DINOv2 {model}",
            Licence = "Apache-2.0",
            Source = "https://github.com/facebookresearch/dinov2",
        },
        Notes = "The features are what the network returns: its first token after the last normalisation.",
        Sources =
        [
            (DinoCode + "dinov2/data/transforms.py", "`make_classification_eval_transform`: shorter side 256, bicubic, 224 from the middle, mean, deviation"),
            (DinoCode + "dinov2/models/vision_transformer.py", "`forward`: `x_norm_clstoken`"),
            (DinoCode + "README.md", "licence of code and weights, training data"),
        ],
        Export = OnnxPresetExports.Dino(name, hubName),
    };

    private static OnnxPreset VideoMae() => new()
    {
        Name = "videomae-b",
        Address = null,
        Format = null,
        IsUntested = true,
        ApproximateBytes = Megabytes(345),
        FeatureWidth = 768,
        Licence = "CC-BY-NC-4.0",
        TrainedOn = "Kinetics-400",
        Citation = "Z. Tong et al., VideoMAE: Masked Autoencoders are Data-Efficient Learners for Self-Supervised Video Pre-Training, NeurIPS 2022, "
            + "arXiv:2203.12602",
        Takes = "16 pictures of 224 x 224 pixels from the middle, 6.25 per second, around each step",
        Input = [Any, 3, 16, 224, 224],
        Output = [Any, 768],
        Settings = new OnnxDescription
        {
            Kind = OnnxKind.Clips,
            Axes = "NCTHW",
            Width = 224,
            Height = 224,
            ShortSide = 224,
            Frames = 16,
            FrameRate = 6.25,
            Mean = s_imageNetMean,
            Std = s_imageNetDeviation,
            Title = "VideoMAE ViT-B",
            Licence = "CC-BY-NC-4.0",
            Source = "https://github.com/MCG-NJU/VideoMAE",
        },
        Notes = "The weights are for non-commercial use. The features are what the fine-tuned network makes its classes from: the mean of all tokens, "
            + "normalised. The authors take every fourth picture of a film at its own rate; Evoke takes 6.25 per second, every fourth of 25, at any rate. "
            + "They cut three clips side by side; Evoke takes the middle one. The authors' mean and deviation are used; the image processor in Hugging Face's "
            + "transformers has others (0.5) by default.",
        Sources =
        [
            (VideoMaeCode + "FINETUNE.md", "16 pictures, every fourth, shorter side 224 (Kinetics-400)"),
            (VideoMaeCode + "kinetics.py", "`VideoClsDataset`: resizing, mean, deviation"),
            (VideoMaeCode + "modeling_finetune.py", "`PatchEmbed`: order of the dimensions; `forward_features`: pooling; `vit_base_patch16_224`: width"),
            (VideoMaeCode + "MODEL_ZOO.md", "checkpoints"),
            (VideoMaeCode + "README.md", "licence"),
        ],
        Export = OnnxPresetExports.VideoMae("videomae-b"),
    };

    private static OnnxPreset Panns() => new()
    {
        Name = "panns-cnn14",
        Address = null,
        Format = null,
        IsUntested = true,
        ApproximateBytes = Megabytes(319),
        FeatureWidth = 2048,
        Licence = "MIT",
        TrainedOn = "AudioSet",
        Citation = "Q. Kong et al., PANNs: Large-Scale Pretrained Audio Neural Networks for Audio Pattern Recognition, TASLP 2020, arXiv:1912.10211",
        Takes = "32 kHz, log-mel spectrogram of 2 s around each step",
        Input = [Any, 1, 201, 64],
        Output = [Any, 2048],
        Settings = new OnnxDescription
        {
            Kind = OnnxKind.Spectrogram,
            FrontEnd = LogMelFrontEnd.Panns,
            Axes = "NCTF",
            Spectrogram = new OnnxSpectrogram { PatchFrames = 201 },
            Title = "PANNs CNN14",
            Licence = "MIT",
            Source = "https://github.com/qiuqiangkong/audioset_tagging_cnn",
        },
        Notes = "The network is trained on clips of 10 s and takes any length; 2 s, 201 frames, are Evoke's choice, so that a curve can follow the film. "
            + "The licence is that of the authors' code.",
        Sources =
        [
            (PannsCode + "pytorch/models.py", "`Cnn14`: spectrogram in dB, embedding of 2048 numbers"),
            (PannsCode + "scripts/4_train.sh", "window 1024, hop 320, 64 bands, 50 to 14,000 Hz"),
            (PannsCode + "utils/config.py", "32 kHz, clips of 10 s"),
            (PannsCode + "README.md", "`Cnn14_mAP=0.431.pth`"),
            (PannsCode + "LICENSE.MIT", "licence"),
        ],
        Export = OnnxPresetExports.Panns("panns-cnn14"),
    };

    private static OnnxPreset Ast() => new()
    {
        Name = "ast",
        Address = null,
        Format = null,
        IsUntested = true,
        ApproximateBytes = Megabytes(345),
        FeatureWidth = 768,
        Licence = "BSD-3-Clause",
        TrainedOn = "ImageNet and AudioSet",
        Citation = "Y. Gong, Y.-A. Chung, J. Glass, AST: Audio Spectrogram Transformer, Interspeech 2021, arXiv:2104.01778",
        Takes = "16 kHz, log-mel spectrogram of 10.24 s around each step",
        Input = [Any, 1024, 128],
        Output = [Any, 768],
        Settings = new OnnxDescription
        {
            Kind = OnnxKind.Spectrogram,
            FrontEnd = LogMelFrontEnd.Ast,
            Axes = "NTF",
            Title = "AST, AudioSet 10-10",
            Licence = "BSD-3-Clause",
            Source = "https://github.com/YuanGongND/ast",
        },
        Notes = "The network has a place for each of 1024 frames, so its window is 10.24 s. The features are the mean of its first two tokens, from which the "
            + "classes are made.",
        Sources =
        [
            (AstCode + "src/dataloader.py", "Kaldi's filterbank: 128 bands, a frame every 10 ms, no dither"),
            (AstCode + "src/models/ast_models.py", "`ASTModel.forward`: order of the dimensions, mean of two tokens; 1024 frames"),
            (
                "https://github.com/huggingface/transformers/blob/main/src/transformers/models/audio_spectrogram_transformer/"
                + "feature_extraction_audio_spectrogram_transformer.py",
                "AudioSet's mean and deviation with all digits"),
            (AstCode + "README.md", "`audioset_10_10_0.4593.pth`"),
            (AstCode + "LICENSE", "licence"),
        ],
        Export = OnnxPresetExports.Ast("ast"),
    };

    private static OnnxPreset Beats() => new()
    {
        Name = "beats",
        Address = null,
        Format = null,
        IsUntested = true,
        ApproximateBytes = Megabytes(361),
        FeatureWidth = 768,
        Licence = "MIT",
        TrainedOn = "AudioSet",
        Citation = "S. Chen et al., BEATs: Audio Pre-Training with Acoustic Tokenizers, ICML 2023, arXiv:2212.09058",
        Takes = "16 kHz, log-mel spectrogram of 1.935 s around each step",
        Input = [Any, 192, 128],
        Output = [Any, Any, 768],
        Settings = new OnnxDescription
        {
            Kind = OnnxKind.Spectrogram,
            FrontEnd = LogMelFrontEnd.Beats,
            Axes = "NTF",
            Spectrogram = new OnnxSpectrogram { PatchFrames = 192 },
            Pooling = OnnxPooling.Mean,
            Title = "BEATs iter3+ (AS2M)",
            Licence = "MIT",
            Source = "https://github.com/microsoft/unilm/tree/master/beats",
        },
        Notes = "The network takes any length; 192 frames, twelve of its patches, are Evoke's choice. The features are the mean of all tokens, as the "
            + "fine-tuned network takes the mean of what it says of each. The weights are the pre-trained ones, not the fine-tuned ones, which give classes.",
        Sources =
        [
            (UnilmCode + "beats/BEATs.py", "`preprocess`: samples times 2^15, Kaldi's filterbank, mean, deviation; `extract_features`; MIT licence"),
            (UnilmCode + "beats/README.md", "`BEATs_iter3_plus_AS2M.pt`"),
            (UnilmCode + "LICENSE", "licence"),
        ],
        Export = OnnxPresetExports.Beats("beats"),
    };

    private static OnnxPreset Wav2Vec() => new()
    {
        Name = "wav2vec2-base",
        Address = null,
        Format = null,
        IsUntested = true,
        ApproximateBytes = Megabytes(378),
        FeatureWidth = 768,
        Licence = "MIT",
        TrainedOn = "LibriSpeech (960 hours)",
        Citation = "A. Baevski et al., wav2vec 2.0: A Framework for Self-Supervised Learning of Speech Representations, NeurIPS 2020, arXiv:2006.11477",
        Takes = "16 kHz, 2 s of samples around each step",
        Input = [Any, 32_000],
        Output = [Any, Any, 768],
        Settings = new OnnxDescription
        {
            Kind = OnnxKind.Wave,
            SampleRate = 16_000,
            WindowSeconds = 2,
            Pooling = OnnxPooling.Mean,
            Title = "wav2vec 2.0 base, LibriSpeech",
            Licence = "MIT",
            Source = "https://github.com/facebookresearch/fairseq/tree/main/examples/wav2vec",
        },
        Notes = "The authors train it on 2 s and more; 2 s and the mean of all tokens are Evoke's choice. Samples go in as they are, as in the authors' "
            + "configuration; the first layer normalises each window by itself.",
        Sources =
        [
            (FairseqCode + "config/pretraining/wav2vec2_base_librispeech.yaml", "no `normalize`; `min_sample_size: 32000`"),
            (FairseqCode + "README.md", "the authors' checkpoints"),
            (
                "https://github.com/pytorch/audio/blob/main/src/torchaudio/pipelines/_wav2vec2/impl.py",
                "`WAV2VEC2_BASE`: the same weights, 16 kHz, the layers, normalisation by groups, MIT licence"),
        ],
        Export = OnnxPresetExports.Wav2Vec("wav2vec2-base"),
    };

    private static long Megabytes(int count) => count * 1_000_000L;
}
