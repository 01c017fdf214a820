using System.Globalization;
using System.Numerics.Tensors;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Extraction;
using Evoke.Features;
using Evoke.Kernels.Torch;
using Evoke.Testing;

namespace Evoke.Bench;

/// <summary>The distance of features in bfloat16 and int8 from those in float32, on frames of real films.</summary>
internal sealed class CosineBenchmark : IBenchmark
{
    private static readonly string[] Clips = ["bbb_480p_30s.mp4", "sintel_trailer_52s.ogv", "tears_of_steel_battle_70s.webm"];

    public string Name => "cosine";

    public string Summary =>
        "Swin-L in bfloat16 and int8 against float32 on every frame, at 1 Hz, of the clips in shared/videos [FILM…] (aims: 0.999 and 0.99 or more)";

    public void Run(IReadOnlyList<string> arguments)
    {
        string[] films = arguments.Count > 0 ? [.. arguments] : [.. Clips.Select(SourceTree.Clip).OfType<string>()];
        using TemporaryFile weights = new("swin-l.safetensors");
        GeneratedWeights.SwinLarge().Save(weights.Path);
        List<FeatureSequence> exact = Features(films, weights.Path, Precision.Float32);
        foreach (Precision precision in new[] { Precision.BFloat16, Precision.Int8 })
        {
            double[][] cosines = [.. exact.Zip(Features(films, weights.Path, precision), Cosines)];
            Table.Print(
                [
                    [$"{PrecisionNames.NameOf(precision)} against float32", "frames", "smallest cosine", "mean cosine"],
                    .. films.Zip(cosines, (film, c) => Row(Path.GetFileName(film), c)),
                    Row("all", [.. cosines.SelectMany(c => c)]),
                ]);
        }
    }

    private static string[] Row(string what, double[] cosines) =>
        [what, cosines.Length.ToString(CultureInfo.InvariantCulture), Cosine(cosines.Min()), Cosine(cosines.Average())];

    private static string Cosine(double cosine) => cosine.ToString("0.00000", CultureInfo.InvariantCulture);

    private static List<FeatureSequence> Features(string[] films, string weights, Precision precision)
    {
        string home = Path.GetDirectoryName(weights)!;
        using IVisualEncoder encoder = EncoderCatalog.CreateDefault().Visual.Create(
            "swin-l", new EncoderOptions { WeightsFile = weights, CacheFolder = home, Precision = precision });
        FeatureExtractor extractor = new(encoder, audio: null);
        return [.. films.Select(film => extractor.ExtractAsync(film).GetAwaiter().GetResult().Visual!)];
    }

    private static double[] Cosines(FeatureSequence exact, FeatureSequence fast) =>
        [.. Enumerable.Range(0, exact.Steps).Select(step => (double)TensorPrimitives.CosineSimilarity(exact.Row(step), fast.Row(step)))];
}
