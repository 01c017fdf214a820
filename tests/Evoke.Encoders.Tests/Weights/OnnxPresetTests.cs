using System.Text.Json;
using Evoke.Curves;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Onnx;
using Evoke.Encoders.Signal;
using Evoke.Encoders.Weights;
using Evoke.Features;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Weights;

/// <summary>Each preset with a network of its shapes: what goes in, what is refused.</summary>
public sealed class OnnxPresetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EncoderCatalog _catalog = EncoderCatalog.CreateDefault();

    public static TheoryData<string> Names => [.. OnnxPresets.All.Select(preset => preset.Name)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ThePageIsTheCodes()
    {
        Assert.SkipWhen(SourceTree.Root is null, "The sources are not here, so docs cannot be read.");
        string path = Path.Combine(SourceTree.Root!, "docs", "presets.md");
        if (Environment.GetEnvironmentVariable("EVOKE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, OnnxPresetDocument.ToMarkdown());
        }

        File.ReadAllText(path).ShouldBe(OnnxPresetDocument.ToMarkdown(), "run the tests once with EVOKE_WRITE_DOCS=1");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryRecordIsWhole(string name)
    {
        OnnxPreset preset = Preset(name);
        preset.IsUntested.ShouldBeTrue();
        preset.Sources.Count.ShouldBeGreaterThan(2);
        preset.Sources.ShouldAllBe(source => source.Address.StartsWith("https://") && source.Says.Length > 0);
        preset.Export.ShouldContain($"\"{name}.onnx\"");
        preset.Output[^1].ShouldBe(preset.FeatureWidth);
        preset.Settings.Licence.ShouldBe(preset.Licence);
        preset.FileName.ShouldBe($"{name}.onnx");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void APresetIsWhatItsJsonSays(string name)
    {
        OnnxPreset preset = Preset(name);
        string path = PresetNetworks.Of(preset).Save(_folder.File("net.onnx"));
        File.WriteAllText(path + ".json", JsonSerializer.Serialize(preset.Settings, OnnxSidecar.Form));

        EncoderIdentity byName = IdentityOf(name, path), byFile = IdentityOf($"onnx:{path}", null);

        byName.Name.ShouldBe(name);
        byName.Settings.ShouldBe(byFile.Settings);
        byName.WeightsSha256.ShouldBe(byFile.WeightsSha256);
    }

    [Theory]
    [InlineData("clip-vit-b-32", 224, 512, new[] { 0.48145466, 0.4578275, 0.40821073 }, new[] { 0.26862954, 0.26130258, 0.27577711 })]
    [InlineData("clip-vit-l-14", 224, 768, new[] { 0.48145466, 0.4578275, 0.40821073 }, new[] { 0.26862954, 0.26130258, 0.27577711 })]
    [InlineData("dinov2-vit-b-14", 256, 768, new[] { 0.485, 0.456, 0.406 }, new[] { 0.229, 0.224, 0.225 })]
    [InlineData("dinov2-vit-l-14", 256, 1024, new[] { 0.485, 0.456, 0.406 }, new[] { 0.229, 0.224, 0.225 })]
    [InlineData("videomae-b", 224, 768, new[] { 0.485, 0.456, 0.406 }, new[] { 0.229, 0.224, 0.225 })]
    public void PicturesAreResizedCutAndNormalised(string name, int shortSide, int width, double[] mean, double[] deviation)
    {
        byte[] colour = [10, 100, 250];
        using IVisualEncoder encoder = _catalog.CreateVisual(name, With(name));
        FrameSpec spec = encoder.FramesFor(new Rate(1));

        spec.ShouldBe(new FrameSpec { Width = 224, Height = 224, Rate = name == "videomae-b" ? 6.25 : 1, ShortSide = shortSide });
        encoder.FeatureWidth.ShouldBe(width);
        using IVisualEncodingSession session = encoder.Start(new Rate(1));
        byte[] picture = [.. Enumerable.Range(0, spec.FrameBytes).Select(i => colour[i % 3])];
        for (int k = 0; k < spec.Rate * 2; k++)
        {
            session.Push(new FrameChunk(k, picture));
        }

        float[] row = session.Complete(2)[..width];
        for (int d = 0; d < width; d++)
        {
            ((double)row[d]).ShouldBe(((colour[d % 3] / 255.0) - mean[d % 3]) / deviation[d % 3], 3e-3); // the network adds up to 800,000 numbers
        }
    }

    [Theory]
    [InlineData("panns-cnn14", 32_000, 201)]
    [InlineData("ast", 16_000, 1024)]
    [InlineData("beats", 16_000, 192)]
    public void SpectrogramsAreThoseOfTheFrontEndAroundTheStep(string name, int rate, int frames)
    {
        const int seconds = 12, step = 6;
        LogMelOptions options = LogMelFrontEnds.OptionsOf(Enum.Parse<LogMelFrontEnd>(name == "panns-cnn14" ? "Panns" : name, ignoreCase: true));
        float[] sound = [.. Enumerable.Range(0, seconds * rate).Select(n => 0.3f * MathF.Sin(2 * MathF.PI * (200 + (n * 0.01f)) * n / rate))];
        using IAudioEncoder encoder = _catalog.CreateAudio(name, With(name));

        encoder.SampleRate.ShouldBe(rate);
        using IAudioEncodingSession session = encoder.Start(new Rate(1));
        session.Push(sound);
        float[] row = session.Complete(seconds).AsSpan(step * encoder.FeatureWidth, encoder.FeatureWidth).ToArray();

        int length = options.SamplesOf(frames), from = (int)((step + 0.5) * rate) - (length / 2);
        float[] expected = new float[frames * options.Bands];
        new LogMelSpectrogram(options).Compute(sound.AsSpan(from, length), expected);
        for (int d = 0; d < row.Length; d++)
        {
            row[d].ShouldBe(Enumerable.Range(0, frames).Average(frame => expected[(frame * options.Bands) + (d % options.Bands)]), 1e-3f);
        }
    }

    [Fact]
    public void Wav2VecTakesSamplesAsTheyAreAndTheMeanOfItsTokens()
    {
        const int rate = 16_000, step = 2, token = 320;
        float[] sound = GoldenTensor.Units("samples", 5 * rate);
        using IAudioEncoder encoder = _catalog.CreateAudio("wav2vec2-base", With("wav2vec2-base"));
        using IAudioEncodingSession session = encoder.Start(new Rate(1));
        session.Push(sound);
        float[] row = session.Complete(5).AsSpan(step * 768, 768).ToArray();

        encoder.SampleRate.ShouldBe(rate);
        for (int d = 0; d < row.Length; d++)
        {
            row[d].ShouldBe(Enumerable.Range(0, 2 * rate / token).Average(t => sound[(int)(1.5 * rate) + (t * token) + (d % token)]), 1e-4f);
        }
    }

    [Fact]
    public void AFileOfOtherShapesIsRefusedByName()
    {
        Refuses("clip-vit-b-32", OnnxModel.Means(768, 3, [2, 3], "N", 3, 336, 336), "its input 'x' is [any, 3, 336, 336]; expected [any, 3, 224, 224]")
            .ShouldContain("its output 'features' is [any, 768]; expected [any, 512]");
        Refuses("dinov2-vit-b-14", OnnxModel.Means(768, 3, [1, 2], "N", 224, 224, 3), "is [any, 224, 224, 3]; expected [any, 3, 224, 224]");
        Refuses("videomae-b", OnnxModel.Means(768, 3, [1, 3, 4], "N", 16, 3, 224, 224), "is [any, 16, 3, 224, 224]; expected [any, 3, 16, 224, 224]");
        Refuses("ast", OnnxModel.Means(527, 128, [1], "N", 1024, 128), "its output 'features' is [any, 527]; expected [any, 768]");
        Refuses("beats", OnnxModel.Means(768, 128, [1], "N", 192, 128), "its output 'features' is [any, 768]; expected [any, any, 768]");
        Refuses("wav2vec2-base", OnnxModel.Tokens(768, 320, 1, 16_000), "its input 'x' is [1, 16000]; expected [any, 32000]");
        Refuses(
            "clip-vit-b-32",
            OnnxModel.Means(512, 3, [2, 3], "N", 3, 224, 224).Output("mean", OnnxElement.Singles, "N", 3),
            "Choose one with #NAME after the file's name.");
    }

    [Fact]
    public void AShapeThatTheFileLeavesOpenIsTried()
    {
        OnnxModel open = new OnnxModel().Input("x", OnnxElement.Singles, "N", 3, "h", "w").Output("y", OnnxElement.Singles, "N", "any")
            .Node("Flatten", ["x"], "y", ("axis", 1L));
        Refuses("clip-vit-b-32", open, "it gives 150528 numbers; expected 512");
    }

    [Fact]
    public void WithoutItsFileAPresetSaysHowToGetIt()
    {
        string message = Should.Throw<WeightsNotInstalledException>(
            () => _catalog.CreateVisual("clip-vit-b-32", new EncoderOptions { CacheFolder = _folder.File("home") })).Message;
        message.ShouldContain("docs/presets.md#clip-vit-b-32");
        message.ShouldContain("'evoke models import FILE clip-vit-b-32'");
        message.ShouldNotContain("models pull");
    }

    [Fact]
    public void AModelKeepsTheSettingsItWasTrainedWith()
    {
        EncoderOptions options = With("clip-vit-b-32");
        EncoderIdentity now = IdentityOf("clip-vit-b-32", options.WeightsFile);
        EncoderIdentity trained = now with { Settings = now.Settings.Replace("\"shortSide\":224", "\"shortSide\":300", StringComparison.Ordinal) };
        trained.ShouldNotBe(now);
        using IVisualEncoder encoder = _catalog.CreateVisual("clip-vit-b-32", options with { Trained = trained });
        encoder.Identity.ShouldBe(trained);
        encoder.FramesFor(new Rate(1)).ShortSide.ShouldBe(300);
    }

    private static OnnxPreset Preset(string name) => OnnxPresets.All.Single(preset => preset.Name == name);

    private EncoderOptions With(string name) => new() { WeightsFile = PresetNetworks.Of(Preset(name)).Save(_folder.File($"{name}.onnx")) };

    private EncoderIdentity IdentityOf(string name, string? file)
    {
        EncoderOptions options = new() { WeightsFile = file };
        bool hears = name.StartsWith("onnx:") ? OnnxCheck.Describe(name, options).Hears : Preset(name).Hears;
        if (hears)
        {
            using IAudioEncoder ear = _catalog.CreateAudio(name, options);
            return ear.Identity;
        }

        using IVisualEncoder eye = _catalog.CreateVisual(name, options);
        return eye.Identity;
    }

    private string Refuses(string name, OnnxModel model, string says)
    {
        string path = model.Save(_folder.File("wrong.onnx"));
        string message = Should.Throw<OnnxModelException>(() => IdentityOf(name, path)).Message;
        message.ShouldStartWith(path);
        message.ShouldContain(says);
        return message;
    }
}
