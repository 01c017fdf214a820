using Evoke.Curves;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;
using TorchSharp;

namespace Evoke.Heads.Tests.ModelFiles;

/// <summary><c>ckpt_small.pth.tar</c> was saved by PyTorch 1.13 as the authors' code saves: the golden small head in DataParallel, an optimizer, epoch and
/// score.</summary>
public sealed class CheckpointImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CheckpointImport _import = new() { VisualEncoder = SampleModels.Visual, AudioEncoder = SampleModels.Audio };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnAuthorsCheckpointBecomesAModelWithTheSameCurves()
    {
        ModelContent content = _import.Read(GoldenFile.PathOf("ckpt_small.pth.tar"));
        content.Description.Head.ShouldBe(GoldenHeads.Small with { Dropout = 0.3 });
        content.Description.Recipe.ShouldContain("ckpt_small.pth.tar, epoch 42");
        ModelFile.Write(_folder.File("m"), content);

        using DisposeScope scope = torch.NewDisposeScope();
        using ModelFile file = ModelFile.Open(_folder.File("m"));
        using ReactionHead head = file.CreateHead();
        head.eval();
        torch.Tensor curves = head.forward(GoldenHeads.Input("golden.visual", 3, 60, 24), GoldenHeads.Input("golden.audio", 3, 60, 8));
        GoldenHeads.ShouldBeCloseTo(GoldenHeads.Values(curves), GoldenFile.ReadFloats(GoldenHeads.SmallFile, "forward").Values, 1e-5);
    }

    [Theory]
    [InlineData("gru", true, true)]
    [InlineData("gru", true, false)]
    [InlineData("gru", false, true)]
    [InlineData("emobase", true, true)]
    public void TheHeadIsToldFromTheShapesOfItsTensors(string kind, bool looks, bool listens)
    {
        RecurrentHeadConfig config = kind == "gru"
            ? new GruHeadConfig { VisualWidth = looks ? 5 : 0, AudioWidth = listens ? 4 : 0, Emotions = 15, Layers = 3, Bidirectional = false }
            : new EmoBaseHeadConfig { VisualWidth = 5, AudioWidth = 4, Emotions = 15, VisualHidden = 6, AudioHidden = 7, Layers = 1 };
        SafeTensorsWriter.Write(
            _folder.File("ckpt"),
            [new("best_corr", "0.0121")],
            config.Parameters.Select(spec => TensorSource.FromFloats(spec.Name, spec.Shape, new float[spec.Count])));
        CheckpointImport import = _import with { VisualEncoder = looks ? SampleModels.Visual : null, AudioEncoder = listens ? SampleModels.Audio : null };
        ModelDescription description = import.Read(_folder.File("ckpt")).Description;
        description.Head.ShouldBe(config);
        description.Scores["pearson"].ShouldBe(0.0121);
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("_orig_mod.")]
    [InlineData("model.head.", "loss.weight")]
    public void AHeadInsideALargerProgramIsFound(string prefix, params string[] others)
    {
        IEnumerable<ParameterSpec> specs = GoldenHeads.Small.Parameters.Select(spec => spec with { Name = prefix + spec.Name });
        SafeTensorsWriter.Write(
            _folder.File("ckpt"), [],
            specs.Concat(others.Select(other => new ParameterSpec(other, 1)))
                .Select(spec => TensorSource.FromFloats(spec.Name, spec.Shape, new float[spec.Count])));
        ModelContent content = _import.Read(_folder.File("ckpt"));
        content.Weights.Select(weights => weights.Spec.Name).ShouldBe(GoldenHeads.Small.Parameters.Select(spec => spec.Name));
    }

    [Fact]
    public void WhatIsNoHeadIsRefusedWithItsNames()
    {
        SafeTensorsWriter.Write(_folder.File("other"), [], [TensorSource.FromFloats("conv.weight", [1], new float[1])]);
        string message = Should.Throw<UnknownHeadException>(() => _import.Read(_folder.File("other"))).Message;
        message.ShouldContain("image_gru.weight_ih_l0");
        message.ShouldContain("found 1 tensors: conv.weight");
    }

    [Fact]
    public void ACheckpointWithATensorTooManyOrTooFewIsRefusedByName()
    {
        IEnumerable<ParameterSpec> specs = GoldenHeads.Small.Parameters
            .Where(spec => spec.Name != "audio_gru.bias_hh_l1")
            .Append(new ParameterSpec("linear9.bias", 3));
        SafeTensorsWriter.Write(_folder.File("ckpt"), [], specs.Select(spec => TensorSource.FromFloats(spec.Name, spec.Shape, new float[spec.Count])));
        WeightsMismatchException error = Should.Throw<WeightsMismatchException>(() => _import.Read(_folder.File("ckpt")));
        error.Missing.Select(shape => shape.Name).ShouldBe(["audio_gru.bias_hh_l1"]);
        error.Unexpected.ShouldBe(["linear9.bias"]);
        error.Message.ShouldContain(_folder.File("ckpt"));
    }

    [Fact]
    public void AnEncoderOfAnotherWidthIsRefused()
    {
        CheckpointImport import = _import with { VisualFeatureWidth = 1536, AudioFeatureWidth = 8 };
        Should.Throw<ModelDescriptionException>(() => import.Read(GoldenFile.PathOf("ckpt_small.pth.tar"))).Message
            .ShouldEndWith($"it cannot be imported with these settings: the head takes 24 visual features; {SampleModels.Visual.Name} gives 1536.");
    }

    [Fact]
    public void AHeadThatDoesNotGoWithTheSchemeIsRefused()
    {
        CheckpointImport import = _import with { Scheme = EmotionScheme.Affect, AudioEncoder = null };
        string message = Should.Throw<ModelDescriptionException>(() => import.Read(GoldenFile.PathOf("ckpt_small.pth.tar"))).Message;
        message.ShouldContain("the head gives 15 curves for 2 emotions");
        message.ShouldContain("audio input is 8 wide and the audio encoder is none");
    }
}
