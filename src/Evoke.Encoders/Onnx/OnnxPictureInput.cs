using Evoke.Encoders.Batches;

namespace Evoke.Encoders.Onnx;

/// <summary>How pictures become the items of a network: one by one, or several around each step.</summary>
internal sealed record OnnxPictureInput : IOnnxInput
{
    /// <summary>The order [N, 3, height, width].</summary>
    public const string ColoursFirst = "NCHW";

    /// <summary>The order [N, height, width, 3].</summary>
    public const string ColoursLast = "NHWC";

    private const int Colours = 3;
    private const int LargestSide = 8192, MostFrames = 4096;
    private const double MostPerSecond = 240;
    private static readonly string[] s_pictures = [ColoursFirst, ColoursLast];
    private static readonly string[] s_clips = ["NTCHW", "NCTHW", "NTHWC", .. OnnxAxes.OrdersOf("TCHW").Except(["NTCHW", "NCTHW", "NTHWC"])];
    private static readonly float[] s_imageNetMean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] s_imageNetDeviation = [0.229f, 0.224f, 0.225f];

    /// <summary>In pixels.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Order of the dimensions.</summary>
    public required string Axes { get; init; }

    /// <summary>Pictures in an item; 1 for a network of single pictures.</summary>
    public required int Frames { get; init; }

    /// <summary>Taken off red, green and blue, which are in [0, 1].</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>What the rest is divided by.</summary>
    public required IReadOnlyList<float> Deviation { get; init; }

    /// <inheritdoc/>
    public required OnnxDescription Resolved { get; init; }

    /// <inheritdoc/>
    public int[] ItemShape => OnnxAxes.ItemShape(Axes, Extents);

    /// <summary>Extent of each dimension.</summary>
    public IReadOnlyDictionary<char, int> Extents => new Dictionary<char, int> { ['T'] = Frames, ['C'] = Colours, ['H'] = Height, ['W'] = Width };

    /// <summary>Finds out from a description and the shape of the input; null if mistakes leave it open.</summary>
    public static OnnxPictureInput? Of(OnnxDescription description, OnnxNetwork network, OnnxMistakes mistakes)
    {
        bool isClip = network.InputShape.Length == 5 || description is not { Frames: null, FrameRate: null };
        OnnxKind kind = description.Kind ?? (isClip ? OnnxKind.Clips : OnnxKind.Pictures);
        if (kind is OnnxKind.Wave or OnnxKind.Spectrogram)
        {
            mistakes.AddKey("kind", $"this network takes {OnnxSidecar.NameOf(kind)}; expected one that takes pictures or clips.");
            return null;
        }

        OnnxKeys.RefuseIdle(description, kind, mistakes);
        OnnxKeys.CheckRange("width", description.Width, 1, LargestSide, mistakes);
        OnnxKeys.CheckRange("height", description.Height, 1, LargestSide, mistakes);
        OnnxKeys.CheckRange("frames", description.Frames, 1, MostFrames, mistakes);
        OnnxKeys.CheckRange("frameRate", description.FrameRate, 0.01, MostPerSecond, mistakes);
        string? axes = AxesOf(description, kind, network, mistakes);
        (IReadOnlyList<float> mean, IReadOnlyList<float> deviation)? colours = Normalisation(description, mistakes);
        if (axes is null)
        {
            return null;
        }

        int? width = Extent("width", 'W', description.Width, axes, network, mistakes);
        int? height = Extent("height", 'H', description.Height, axes, network, mistakes);
        CheckShortSide(description.ShortSide, width, height, mistakes);
        int? frames = kind == OnnxKind.Pictures ? 1 : Extent("frames", 'T', description.Frames, axes, network, mistakes);
        if (kind == OnnxKind.Clips && description.FrameRate is null)
        {
            mistakes.AddKey("frameRate", "expected the pictures per second of a clip, such as 6.25 (every fourth of 25 per second); found none.");
        }

        if (mistakes.Any || width is null || height is null || frames is null || colours is null)
        {
            return null;
        }

        return new OnnxPictureInput
        {
            Width = width.Value,
            Height = height.Value,
            Axes = axes,
            Frames = frames.Value,
            Mean = colours.Value.mean,
            Deviation = colours.Value.deviation,
            Resolved = description with
            {
                Kind = kind,
                Axes = axes,
                Layout = null,
                Width = width,
                Height = height,
                Range = null,
                Mean = colours.Value.mean,
                Std = colours.Value.deviation,
                Frames = kind == OnnxKind.Clips ? frames : null,
                Place = kind == OnnxKind.Clips ? description.Place ?? OnnxPlace.Centre : null,
            },
        };
    }

    private static void CheckShortSide(int? shortSide, int? width, int? height, OnnxMistakes mistakes)
    {
        if (!mistakes.Has("width", "height"))
        {
            OnnxKeys.CheckRange("shortSide", shortSide, Math.Max(width ?? 1, height ?? 1), LargestSide, mistakes);
        }
    }

    private static string? AxesOf(OnnxDescription description, OnnxKind kind, OnnxNetwork network, OnnxMistakes mistakes)
    {
        if (description is { Axes: not null, Layout: not null })
        {
            mistakes.AddKey("layout", "it is the older name of \"axes\": give one of the two.");
        }

        string[] candidates = kind == OnnxKind.Pictures ? s_pictures : s_clips;
        string? wanted = description.Axes ?? description.Layout switch
        {
            PictureLayout.ChannelsFirst => ColoursFirst,
            PictureLayout.ChannelsLast => ColoursLast,
            _ => null,
        };
        Dictionary<char, int?> known = new() { ['C'] = Colours, ['W'] = description.Width, ['H'] = description.Height, ['T'] = description.Frames };
        if (wanted is not null && !candidates.Contains(wanted))
        {
            mistakes.AddKey("axes", $"expected {(kind == OnnxKind.Pictures ? "NCHW or NHWC" : "N and then T, C, H and W in any order")}; found {wanted}.");
            return null;
        }

        string? axes = OnnxAxes.Choose(wanted, candidates, network.InputShape, new Dictionary<char, int?> { ['C'] = Colours });
        if (axes is null)
        {
            string expected = wanted is not null ? $"the order {wanted} with {Colours} colours"
                : kind == OnnxKind.Pictures ? "[N, 3, height, width] or [N, height, width, 3]"
                : "[N, frames, 3, height, width] in any order";
            mistakes.Add($"{network.InputText}; expected {expected}.");
        }

        // Without a hint, an open shape may be read in several ways: the first that fits all that is known.
        return axes is null || wanted is not null ? axes : OnnxAxes.Choose(null, candidates, network.InputShape, known) ?? axes;
    }

    private static int? Extent(string key, char letter, int? asked, string axes, OnnxNetwork network, OnnxMistakes mistakes)
    {
        int? own = OnnxAxes.ExtentOf(letter, axes, network.InputShape);
        if (asked is null && own is null)
        {
            mistakes.AddKey(key, $"{network.InputText}, so it accepts any {key}; expected a number; found none.");
        }
        else if (asked is { } number && own is { } fixedTo && number != fixedTo)
        {
            mistakes.AddKey(key, $"{network.InputText}; expected {fixedTo}; found {number}.");
        }

        return asked ?? own;
    }

    // (low + v (high - low) - mean) / std for v in [0,1], as (v - m) / d.
    private static (IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)? Normalisation(OnnxDescription description, OnnxMistakes mistakes)
    {
        if (description is { Range: null, Mean: null, Std: null })
        {
            return (s_imageNetMean, s_imageNetDeviation);
        }

        IReadOnlyList<float> range = description.Range ?? [0, 1];
        IReadOnlyList<float> mean = description.Mean ?? [0, 0, 0];
        IReadOnlyList<float> std = description.Std ?? [1, 1, 1];
        Check(range.Count == 2 && range.All(float.IsFinite) && range[0] != range[1], "range", "two different numbers within float32", range);
        Check(mean.Count == Colours && mean.All(float.IsFinite), "mean", "three numbers within float32", mean);
        Check(std.Count == Colours && std.All(float.IsFinite) && !std.Contains(0), "std", "three numbers within float32 other than 0", std);
        if (mistakes.Any)
        {
            return null;
        }

        float span = range[1] - range[0];
        float[] means = [.. mean.Select(m => (m - range[0]) / span)], deviations = [.. std.Select(d => d / span)];
        if (means.Concat(deviations).All(float.IsFinite) && !deviations.Contains(0))
        {
            return (means, deviations);
        }

        mistakes.AddKey("range", "\"range\", \"mean\" and \"std\" are too far apart for float32 numbers.");
        return null;

        void Check(bool isRight, string key, string expected, IReadOnlyList<float> found)
        {
            if (!isRight)
            {
                mistakes.AddKey(key, FormattableString.Invariant($"expected {expected}; found [{string.Join(", ", found)}]."));
            }
        }
    }
}
