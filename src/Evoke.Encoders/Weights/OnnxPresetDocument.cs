using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Evoke.Encoders.Onnx;

namespace Evoke.Encoders.Weights;

/// <summary>The page of the presets, from their records: docs/presets.md.</summary>
internal static class OnnxPresetDocument
{
    private static readonly JsonSerializerOptions s_form = new(OnnxSidecar.Form)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The page in Markdown, with lines ended by "\n".</summary>
    public static string ToMarkdown() =>
        $"""
        # Presets: published networks by name

        A preset is what [FILE.onnx.json](onnx.md) would say of a published network, under a name: input size, normalisation, front end, window, pooling. Its
        weights come from an ONNX file that you export once, with the code and the weights of the network's authors:

        ```bash
        python3 clip-vit-b-32.py                                    # the export below; writes clip-vit-b-32.onnx
        evoke models import clip-vit-b-32.onnx clip-vit-b-32        # checks its shapes, copies it, records its hash
        evoke dataset demo --out demo --videos 5 --seconds 10
        evoke extract demo/videos --visual clip-vit-b-32 --audio audio-lld --out features
        evoke train --train-labels demo/train.csv --val-labels demo/val.csv --features features --recipe demo --set train.epochs=2 --out run
        evoke predict demo/videos --model run/best.safetensors --out curves
        ```

        {Table()}
        **Untested** means that nobody who works on Evoke has run the preset with its authors' weights: they could not be downloaded where Evoke is built. Every
        constant was read in a source that is named below, and each front end is held against torchaudio. The exports of CLIP ViT-B/32, DINOv2 ViT-B/14, PANNs,
        BEATs and wav2vec 2.0 were run with PyTorch 1.13 on networks of the same architecture with random weights, and their files imported. Please report what
        you find.

        * `models import` refuses a file whose input or output has another shape, and says what was expected and found. `models pull` needs an address:
          `--from URL` takes a file from your own server. The authors publish weights for PyTorch; no address of an ONNX file was found in their repositories.
        * Newer versions of PyTorch write large weights into a second file (`NAME.onnx.data`). Keep the two together: `models import` copies both.
        * `--visual-weights FILE` and `--audio-weights FILE` use a file without installing it; `FILE#OUTPUT` names one of several outputs.
        * Features and models name the preset, the hash of the file and the settings. To change a setting, save the JSON below as `FILE.onnx.json`, change it
          there, and use `onnx:FILE.onnx` ([encoders.md](encoders.md#onnxfileoutput)): without `shortSide`, for example, the network sees the whole picture,
          squeezed to a square, instead of its middle.
        * The size is that of the architecture in float32. Heed each licence: it is that of code and weights as far as their authors say.

        This page is made from the code; a test keeps them in step.

        {string.Join("\n\n", OnnxPresets.All.Select(Section))}

        """.ReplaceLineEndings("\n");

    private static string Table()
    {
        StringBuilder table = new("| `--visual` | input | width | size | licence | |\n|---|---|---:|---:|---|---|\n");
        AddRows(table, hears: false);
        table.Append("\n| `--audio` | input | width | size | licence | |\n|---|---|---:|---:|---|---|\n");
        AddRows(table, hears: true);
        return table.ToString();
    }

    private static void AddRows(StringBuilder table, bool hears)
    {
        foreach (OnnxPreset preset in OnnxPresets.All.Where(preset => preset.Hears == hears))
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| [`{preset.Name}`](#{preset.Name}) | {preset.Takes} | {preset.FeatureWidth} | {preset.ApproximateBytes / 1_000_000} MB | {preset.Licence} ")
                .Append(CultureInfo.InvariantCulture, $"| {(preset.IsUntested ? "untested" : "")} |\n");
        }
    }

    private static string Section(OnnxPreset preset) =>
        $"""
        ## {preset.Name}

        {preset.Title}, trained on {preset.TrainedOn}. Input {Shape(preset.Input)}, output {Shape(preset.Output)}. {preset.Citation}.

        {preset.Notes}

        ```python
        {preset.Export}
        ```

        The same as `FILE.onnx.json`:

        ```json
        {JsonSerializer.Serialize(preset.Settings, s_form)}
        ```

        Sources:

        {string.Join("\n", preset.Sources.Select(source => $"* [{NameOf(source.Address)}]({source.Address}): {source.Says}"))}
        """;

    private static string Shape(IReadOnlyList<int> shape) =>
        $"[N, {string.Join(", ", shape.Skip(1).Select(extent => extent > 0 ? extent.ToString(CultureInfo.InvariantCulture) : "tokens"))}]";

    private static string NameOf(string address) => new Uri(address).Segments[^1];
}
