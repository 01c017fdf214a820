namespace Evoke.Encoders.Weights;

/// <summary>The Python that writes the ONNX file of each preset, with the code and the weights of its authors.</summary>
internal static class OnnxPresetExports
{
    private const string Pictures = "pictures", Clips = "clips", Spectrograms = "spectrograms", Samples = "samples";
    private const string Features = "features", Tokens = "tokens";

    /// <summary>CLIP's encoder of pictures, <paramref name="model"/> as its authors name it.</summary>
    public static string Clip(string name, string model) =>
        $"""
        import clip, torch  # pip install git+https://github.com/openai/CLIP.git

        network = clip.load("{model}", device="cpu")[0].visual.float()
        {Write(name, "1, 3, 224, 224", Pictures, Features)}
        """;

    /// <summary>DINOv2, <paramref name="hubName"/> as torch.hub names it.</summary>
    public static string Dino(string name, string hubName) =>
        $"""
        import torch

        class FirstToken(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.network = torch.hub.load("facebookresearch/dinov2", "{hubName}")

            def forward(self, pictures):
                return self.network.forward_features(pictures)["x_norm_clstoken"]

        network = FirstToken()
        {Write(name, "1, 3, 224, 224", Pictures, Features)}
        """;

    /// <summary>VideoMAE, fine-tuned.</summary>
    public static string VideoMae(string name) =>
        $"""
        import torch
        from modeling_finetune import vit_base_patch16_224  # in a copy of github.com/MCG-NJU/VideoMAE

        network = vit_base_patch16_224(num_classes=400)
        checkpoint = torch.load("checkpoint.pth", map_location="cpu")  # ViT-B, fine-tuned on Kinetics-400: MODEL_ZOO.md
        network.load_state_dict(checkpoint.get("model") or checkpoint["module"])
        network.head = torch.nn.Identity()  # what the classes are made from
        {Write(name, "1, 3, 16, 224, 224", Clips, Features)}
        """;

    /// <summary>PANNs CNN14 without its own spectrogram.</summary>
    public static string Panns(string name) =>
        $"""
        import torch
        from models import Cnn14  # in pytorch/ of a copy of github.com/qiuqiangkong/audioset_tagging_cnn

        class Embedding(Cnn14):
            def forward(self, spectrograms):
                return super().forward(spectrograms)["embedding"]

        network = Embedding(sample_rate=32000, window_size=1024, hop_size=320, mel_bins=64, fmin=50, fmax=14000, classes_num=527)
        network.load_state_dict(torch.load("Cnn14_mAP=0.431.pth", map_location="cpu")["model"])
        network.spectrogram_extractor = network.logmel_extractor = torch.nn.Identity()  # Evoke makes the spectrogram
        {Write(name, "1, 1, 201, 64", Spectrograms, Features)}
        """;

    /// <summary>AST, fine-tuned on AudioSet.</summary>
    public static string Ast(string name) =>
        $$"""
        import torch
        from models import ASTModel  # in src/ of a copy of github.com/YuanGongND/ast

        network = ASTModel(label_dim=527, input_tdim=1024, imagenet_pretrain=False, audioset_pretrain=False)
        weights = torch.load("audioset_10_10_0.4593.pth", map_location="cpu")
        network.load_state_dict({name.removeprefix("module."): tensor for name, tensor in weights.items()})
        network.mlp_head = torch.nn.Identity()  # what the classes are made from
        {{Write(name, "1, 1024, 128", Spectrograms, Features)}}
        """;

    /// <summary>BEATs, pre-trained, without its own spectrogram.</summary>
    public static string Beats(string name) =>
        $"""
        import torch
        from BEATs import BEATs, BEATsConfig  # in beats/ of a copy of github.com/microsoft/unilm

        class Tokens(BEATs):
            def preprocess(self, source, fbank_mean, fbank_std):
                return source  # Evoke makes the spectrogram

            def forward(self, spectrograms):
                return self.extract_features(spectrograms)[0]

        checkpoint = torch.load("BEATs_iter3_plus_AS2M.pt", map_location="cpu")
        network = Tokens(BEATsConfig(checkpoint["cfg"]))
        network.load_state_dict(checkpoint["model"])
        {Write(name, "1, 192, 128", Spectrograms, Tokens)}
        """;

    /// <summary>wav2vec 2.0 base, as torchaudio has it.</summary>
    public static string Wav2Vec(string name) =>
        $"""
        import torch, torchaudio

        class Tokens(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.network = torchaudio.pipelines.WAV2VEC2_BASE.get_model()

            def forward(self, samples):
                return self.network(samples)[0]

        network = Tokens()
        {Write(name, "1, 32000", Samples, Tokens)}
        """;

    private static string Write(string name, string shape, string input, string output) =>
        $$$"""
        torch.onnx.export(
            network.eval(), torch.zeros({{{shape}}}), "{{{name}}}.onnx",
            input_names=["{{{input}}}"], output_names=["{{{output}}}"], dynamic_axes={"{{{input}}}": {0: "N"}, "{{{output}}}": {0: "N"}})
        """;
}
