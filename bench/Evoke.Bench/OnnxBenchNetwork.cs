using Evoke.Testing;

namespace Evoke.Bench;

/// <summary>A convolutional network of one kind with generated weights. Its work for a second of film is that of the smallest networks in use, such as
/// ResNet-18, VGGish and Silero's detector, or less.</summary>
/// <param name="Kind">What it takes.</param>
/// <param name="Json">The JSON beside it.</param>
/// <param name="ItemShape">One item.</param>
/// <param name="Model">Makes it.</param>
internal sealed record OnnxBenchNetwork(string Kind, string Json, int[] ItemShape, Func<OnnxModel> Model)
{
    /// <summary>One of each kind.</summary>
    public static OnnxBenchNetwork[] All { get; } =
    [
        new("pictures", "{}", [3, 224, 224], () => Network(["N", 3, 224, 224], [3, 64, 128, 256, 512], kernel: 3, dimensions: 2)),
        new(
            "clips",
            """{ "frameRate": 8 }""",
            [3, 8, 112, 112],
            () => Network(["N", 3, 8, 112, 112], [3, 96, 192, 384], kernel: 3, dimensions: 3)),
        new(
            "wave",
            """{ "kind": "wave", "sampleRate": 16000 }""",
            [1, 16_000],
            () => Network(["N", 1, 16_000], [1, 128, 256, 256, 512, 512], kernel: 9, dimensions: 1)) { Hears = true },
        new(
            "spectrogram",
            """{ "frontEnd": "vggish" }""",
            [1, 96, 64],
            () => Network(["N", 1, 96, 64], [1, 128, 256, 512, 1024], kernel: 3, dimensions: 2)) { Hears = true },
        new(
            "state",
            """{ "kind": "wave", "sampleRate": 16000, "input": "x", "output": "y", "state": { "state": "next" } }""",
            [1, 512],
            () => Stateful(Network(["N", 1, 512], [1, 64, 128, 128], kernel: 9, dimensions: 1))) { Hears = true, StateShape = [1, 128], Batches = [1] },
    ];

    /// <summary>True for a network of sound.</summary>
    public bool Hears { get; init; }

    /// <summary>The state that it carries; null for none.</summary>
    public long[]? StateShape { get; init; }

    /// <summary>How many items go into ONNX Runtime at once; the fastest counts.</summary>
    public int[] Batches { get; init; } = [1, 8];

    /// <summary>Items for a second of film at one step per second.</summary>
    public double ItemsPerSecond => StateShape is null ? 1 : 16_000.0 / ItemShape[^1];

    // Convolutions that halve each extent, and the mean over what is left.
    private static OnnxModel Network(object[] shape, int[] channels, int kernel, int dimensions)
    {
        OnnxModel model = new OnnxModel().Input("x", OnnxElement.Singles, shape).Output("y", OnnxElement.Singles, "N", channels[^1]);
        string from = "x";
        for (int layer = 1; layer < channels.Length; layer++)
        {
            long[] weights = [channels[layer], channels[layer - 1], .. Enumerable.Repeat((long)kernel, dimensions)];
            int count = (int)weights.Aggregate(1L, (a, b) => a * b);
            model.Weights($"w{layer}", GoldenTensor.SymmetricUnits($"w{layer}", count, Math.Sqrt(6.0 * channels[layer] / count)), weights)
                .Node(
                    "Conv",
                    [from, $"w{layer}"],
                    $"c{layer}",
                    ("strides", Enumerable.Repeat(2L, dimensions).ToArray()),
                    ("pads", Enumerable.Repeat((long)(kernel / 2), 2 * dimensions).ToArray()))
                .Node("Relu", [$"c{layer}"], $"r{layer}");
            from = $"r{layer}";
        }

        return model.Node("GlobalAveragePool", [from], "pooled").Node("Flatten", ["pooled"], "y", ("axis", 1L));
    }

    // The next state is the mean of the state and the output.
    private static OnnxModel Stateful(OnnxModel model) => model
        .Input("state", OnnxElement.Singles, 1, 128).Output("next", OnnxElement.Singles, 1, 128)
        .Weights("half", [0.5f], 1).Node("Add", ["state", "y"], "sum").Node("Mul", ["sum", "half"], "next");
}
