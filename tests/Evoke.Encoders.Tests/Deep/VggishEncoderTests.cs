using Evoke.Curves;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Deep;
using Evoke.Encoders.Networks;
using Evoke.Encoders.Tests.Networks;
using Evoke.Encoders.Weights;
using Evoke.Kernels.Torch;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Deep;

/// <summary>VGGish with golden weights, from its weight file and a waveform to features.</summary>
public sealed class VggishEncoderTests : IClassFixture<VggishEncoderTests.VggishFiles>
{
    private const int Width = 128;
    private readonly VggishFiles _files;

    public VggishEncoderTests(VggishFiles files) => _files = files;

    private static float[] Waveform => GoldenFile.ReadFloats("vggish.safetensors", "waveform").Values;

    private static float[] Embedding => GoldenFile.ReadFloats("vggish.safetensors", "embedding").Values;

    [Theory]
    [InlineData(64_000)]
    [InlineData(1000)]
    [InlineData(7)]
    public void SteppingByItsPatchItEqualsTorchvggishHoweverTheSoundArrives(int chunk)
    {
        float[] found = Encode("vggish-960ms", 1 / 0.96, Waveform, 4, chunk);
        NetworkAssert.IsWithin(1e-5, found, Embedding);
    }

    [Fact]
    public void AtOneHertzEveryPatchStartsAtItsSecond()
    {
        // Only the first patch of the reference starts at a whole second; a second one is brought there by moving the sound.
        float[] waveform = Waveform;
        NetworkAssert.IsWithin(1e-5, Encode("vggish", 1, waveform, 1), Embedding[..Width]);

        float[] moved = [.. new float[16_000 - 15_360], .. waveform];
        NetworkAssert.IsWithin(1e-5, Encode("vggish", 1, moved, 2)[Width..], Embedding[Width..(2 * Width)]);
    }

    [Fact]
    public void WhereTheSoundHasEndedSilenceIsEncoded()
    {
        float[] silence = Encode("vggish", 1, [], 1);
        float[] found = Encode("vggish", 1, Waveform, 200);

        // 64,000 samples are 4 s: the fifth second and all later ones are silent.
        for (int step = 4; step < 200; step++)
        {
            NetworkAssert.IsWithin(1e-5, found[(step * Width)..((step + 1) * Width)], silence);
        }
    }

    [Fact]
    public void ATailShorterThanAPatchIsFilledUpWithSilence()
    {
        float[] filled = [.. Waveform.AsSpan(0, 20_000), .. new float[15_600]];
        NetworkAssert.IsWithin(1e-5, Encode("vggish", 1, Waveform[..20_000], 2), Encode("vggish", 1, filled, 2));
    }

    [Fact]
    public void StepsBetweenItsPatchesHaveTheNearest()
    {
        float[] found = Encode("vggish-960ms", 4, Waveform, 8);
        int[] nearest = [0, 0, 1, 1, 1, 1, 2, 2]; // 0, 0.25 … 1.75 s against 0, 0.96, 1.92 s
        for (int step = 0; step < nearest.Length; step++)
        {
            NetworkAssert.IsWithin(1e-5, found[(step * Width)..((step + 1) * Width)], Embedding[(nearest[step] * Width)..((nearest[step] + 1) * Width)]);
        }
    }

    [Fact]
    public async Task PostprocessingTakesItsPcaFromTheCache()
    {
        string pca = _files.Folder.File("pca.safetensors");
        SafeTensorsWriter.Write(pca, [],
        [
            TensorSource.FromFloats("pca_eigen_vectors", [Width, Width], GoldenTensor.SymmetricUnits("pca_eigen_vectors", Width * Width, 0.05)),
            TensorSource.FromFloats("pca_means", [Width, 1], GoldenTensor.SymmetricUnits("pca_means", Width, 0.1)),
        ]);
        await new WeightStore(_files.Home).ImportAsync(pca, VggishEncoder.PcaWeightsName, cancellationToken: TestContext.Current.CancellationToken);
        float[] expected = GoldenFile.ReadFloats("vggish.safetensors", "postprocessed").Values;

        float[] found = Encode("vggish-960ms-pca", 1 / 0.96, Waveform, 4);

        found.Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void InBFloat16ItPointsTheSameWay()
    {
        float[] exact = Encode("vggish", 1, Waveform, 4);
        float[] found = Encode("vggish", 1, Waveform, 4, precision: Precision.BFloat16);
        for (int step = 0; step < 4; step++)
        {
            CosineSimilarity.Of(found.AsSpan(step * Width, Width), exact.AsSpan(step * Width, Width)).ShouldBeGreaterThan(0.999);
        }
    }

    private float[] Encode(string name, double rate, float[] waveform, int steps, int chunk = 16_000, Precision precision = Precision.Float32)
    {
        IAudioEncoder encoder = _files.Encoder(name, precision);
        encoder.FeatureWidth.ShouldBe(Width);
        encoder.SampleRate.ShouldBe(16_000);
        using IAudioEncodingSession session = encoder.Start(new Rate(rate));
        for (int at = 0; at < waveform.Length; at += chunk)
        {
            session.Push(waveform.AsSpan(at, Math.Min(chunk, waveform.Length - at)));
        }

        return session.Complete(steps);
    }

    /// <summary>Golden weights of VGGish in a file.</summary>
    public sealed class VggishFiles : IDisposable
    {
        public VggishFiles()
        {
            TorchRuntime.Start();
            Weights = Folder.File("vggish.safetensors");
            GoldenWeightFile.WriteSafeTensors(
                Weights, GoldenStateDict.For(weights => new VggishNetwork(weights, "golden weights", NetworkPlacement.Exact)));
        }

        public TemporaryFolder Folder { get; } = new();

        public string Weights { get; }

        public string Home => Folder.File("home");

        private Dictionary<(string Name, Precision Precision), IAudioEncoder> Encoders { get; } = [];

        /// <summary>Loads an encoder once for all tests: VGGish has 72 million weights.</summary>
        public IAudioEncoder Encoder(string name, Precision precision)
        {
            if (!Encoders.TryGetValue((name, precision), out IAudioEncoder? encoder))
            {
                encoder = EncoderCatalog.CreateDefault().CreateAudio(
                    name, new EncoderOptions { WeightsFile = Weights, CacheFolder = Home, Precision = precision });
                Encoders.Add((name, precision), encoder);
            }

            return encoder;
        }

        public void Dispose()
        {
            foreach (IAudioEncoder encoder in Encoders.Values)
            {
                encoder.Dispose();
            }

            Folder.Dispose();
        }
    }
}
