using System.Text.Json.Nodes;
using Evoke.Files;
using Evoke.Heads.Inputs;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Networks;
using Evoke.Tensors;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;
using TorchSharp;

namespace Evoke.Heads.Tests.ModelFiles;

public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Kinds => ["gru", "gru-visual", "emobase", "tcn", "standardised", "position"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WhatIsWrittenIsRead(string kind)
    {
        ModelDescription description = DescriptionOf(kind);
        ModelContent content = SampleModels.Content(description);
        ModelFile.Write(_folder.File("model.safetensors"), content);

        using ModelFile file = ModelFile.Open(_folder.File("model.safetensors"));
        file.IsEnsemble.ShouldBeFalse();
        file.Members.Count.ShouldBe(1);
        Json(file.Members[0]).ShouldBe(Json(description));
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = file.CreateHead();
        foreach ((NamedWeights read, NamedWeights written) in head.CopyWeights().Zip(content.Weights))
        {
            read.Spec.ToString().ShouldBe(written.Spec.ToString());
            read.Values.ShouldBe(written.Values);
        }

        (file.VisualInput()?.Width ?? 0).ShouldBe(description.Head.VisualWidth);
        (file.AudioInput()?.Width ?? 0).ShouldBe(description.Head.AudioWidth);
    }

    [Fact]
    public void TheSameModelGivesTheSameBytes()
    {
        ModelContent content = SampleModels.Content(DescriptionOf("standardised"));
        ModelFile.Write(_folder.File("a"), content);
        ModelFile.Write(_folder.File("b"), content with { Weights = [.. content.Weights.Reverse()] });
        File.ReadAllBytes(_folder.File("a")).ShouldBe(File.ReadAllBytes(_folder.File("b")));
    }

    [Fact]
    public void DamagedStatisticsAreNamedInPlainWords()
    {
        using (SafeTensorsFile file = SafeTensorsFile.Open(SampleModels.Write(_folder, "model", DescriptionOf("standardised"))))
        {
            SafeTensorsWriter.Write(_folder.File("damaged"), file.Metadata, file.Tensors.Values.Select(tensor => TensorSource.FromFloats(
                tensor.Name,
                [.. tensor.Shape],
                file.ReadFloats(tensor.Name)
                    .Select(value => tensor.Name.EndsWith("standard_deviation", StringComparison.Ordinal) ? -1 : value).ToArray())));
        }

        using ModelFile damaged = ModelFile.Open(_folder.File("damaged"));
        string message = Should.Throw<ModelTensorsException>(() => damaged.VisualInput()).Message;
        message.ShouldContain("feature 0 has mean");
        message.ShouldContain("standard deviation -1; expected finite numbers, the latter 0 or more.");
        message.ShouldNotContain("Parameter");
    }

    [Fact]
    public void TensorsAreUnderTheAuthorsNames()
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(SampleModels.Write(_folder, "m"));
        file.Tensors.Keys.ShouldContain("image_gru.weight_ih_l1_reverse");
        file.Tensors.Keys.ShouldContain("contextGate1.linear.bias");
        file.Tensors.Count.ShouldBe(38);
    }

    [Fact]
    public void AnEnsembleHoldsItsMembersWholeAndEnsemblesGiveTheirs()
    {
        using (ModelFile a = ModelFile.Open(SampleModels.Write(_folder, "a", seed: 1)))
        using (ModelFile b = ModelFile.Open(SampleModels.Write(_folder, "b", DescriptionOf("standardised"), seed: 2)))
        {
            ModelFile.WriteEnsemble(_folder.File("ab"), [a, b], [0.25f, 1, 0.75f, 0]);
        }

        using (ModelFile pair = ModelFile.Open(_folder.File("ab")))
        using (ModelFile c = ModelFile.Open(SampleModels.Write(_folder, "c", seed: 3)))
        {
            pair.IsEnsemble.ShouldBeTrue();
            pair.ReadEmotionWeights().ShouldBe([0.25f, 1, 0.75f, 0]);
            ModelFile.WriteEnsemble(_folder.File("abc"), [pair, c]);
        }

        using ModelFile ensemble = ModelFile.Open(_folder.File("abc"));
        ensemble.Members.Count.ShouldBe(3);
        ensemble.ReadEmotionWeights().ShouldBeNull();
        ensemble.Members[1].Normalisation.ShouldBe(FeatureNormalisation.Standardise);
        using DisposeScope scope = torch.NewDisposeScope();
        for (int member = 0; member < 3; member++)
        {
            using ReactionHead head = ensemble.CreateHead(member);
            IReadOnlyList<NamedWeights> expected = SampleModels.Content(SampleModels.Description, member + 1).Weights;
            head.CopyWeights()[0].Values.ShouldBe(expected[0].Values);
        }
    }

    [Fact]
    public void ModelsThatDoNotGoTogetherMakeNoEnsemble()
    {
        ModelDescription other = SampleModels.Description with { RateHertz = 6, AudioEncoder = new("ear", Settings: "v2"), Emotions = ["joy", "anger"] };
        using ModelFile a = ModelFile.Open(SampleModels.Write(_folder, "a"));
        using ModelFile b = ModelFile.Open(SampleModels.Write(_folder, "b", other));
        string message = Should.Throw<EnsembleMismatchException>(() => ModelFile.WriteEnsemble(_folder.File("ab"), [a, b])).Message;
        message.ShouldContain("rate: expected 1 Hz, found 6 Hz");
        message.ShouldContain("audio encoder: expected ear  v1, found ear  v2");
        message.ShouldContain("emotions: expected joy, fear, found joy, anger");
        message.ShouldContain(b.Path);
        File.Exists(_folder.File("ab")).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => ModelFile.WriteEnsemble(_folder.File("aa"), [a, a], [0.5f, 0.5f, 0.6f, 0.5f])).Message.ShouldContain("sum to 1");
    }

    [Fact]
    public void MissingUnexpectedAndMisshapenTensorsAreListedBeforeAnyIsMade()
    {
        Rewrite(tensors =>
        {
            tensors.RemoveAll(tensor => tensor.Name == "linear.bias");
            tensors.Add(TensorSource.FromFloats("extra", [1], new float[1]));
            tensors.RemoveAll(tensor => tensor.Name == "linear.weight");
            tensors.Add(TensorSource.FromFloats("linear.weight", [2, 2], new float[4]));
            tensors.RemoveAll(tensor => tensor.Name == "contextGate2.linear.bias");
            tensors.Add(TensorSource.FromFloats("contextGate2.linear.bias", [2], new float[2], DType.F16));
        });
        string message = Should.Throw<ModelTensorsException>(() => ModelFile.Open(_folder.File("changed"))).Message;
        message.ShouldStartWith(_folder.File("changed"));
        message.ShouldContain("missing: linear.bias");
        message.ShouldContain("unexpected: extra");
        message.ShouldContain("linear.weight F32 [2, 2], expected F32 [2, 14]");
        message.ShouldContain("contextGate2.linear.bias F16 [2], expected F32 [2]");
    }

    [Fact]
    public void EveryMistakeOfADescriptionIsListed()
    {
        Redescribe(json =>
        {
            json["rate"] = 0;
            json["clipSteps"] = 0;
            json["emotions"] = new JsonArray("joy", "joy", "awe");
            json["visualEncoder"] = null;
        });
        string message = Should.Throw<ModelDescriptionException>(() => ModelFile.Open(_folder.File("changed"))).Message;
        message.ShouldContain("'joy' appears twice");
        message.ShouldContain("the rate must be above 0 Hz; found 0");
        message.ShouldContain("a clip must have at least 1 step; found 0");
        message.ShouldContain("the head gives 2 curves for 3 emotions");
        message.ShouldContain("the head's visual input is 3 wide and the visual encoder is none");
    }

    [Fact]
    public void AKeyOfTheHeadThatIsThereTwiceIsAMistake()
    {
        Rewrite(_ => { }, metadata => metadata["evoke.description"] = metadata["evoke.description"].Replace(
            "\"head\":{", "\"head\":{\"kind\":\"transformer\",", StringComparison.Ordinal));
        Should.Throw<ModelDescriptionException>(() => ModelFile.Open(_folder.File("changed"))).Message.ShouldContain("The head has a key twice");
    }

    [Fact]
    public void AnUnknownKeyIsAMistake()
    {
        Redescribe(json => json["head"]!["hiddenUnits"] = 3);
        Should.Throw<ModelDescriptionException>(() => ModelFile.Open(_folder.File("changed"))).Message.ShouldContain("hiddenUnits");
    }

    [Fact]
    public void OtherFilesAndOtherVersionsAreNamedForWhatTheyAre()
    {
        SafeTensorsWriter.Write(_folder.File("plain"), [], [TensorSource.FromFloats("x", [1], new float[1])]);
        Should.Throw<NotAModelFileException>(() => ModelFile.Open(_folder.File("plain"))).Message.ShouldContain("not an Evoke model");

        Rewrite(_ => { }, metadata => metadata["evoke.version"] = "2");
        Should.Throw<ModelFileVersionException>(() => ModelFile.Open(_folder.File("changed"))).Message.ShouldContain("version '2'");

        File.WriteAllText(_folder.File("text"), "hello");
        Should.Throw<EvokeException>(() => ModelFile.Open(_folder.File("text"))).Message.ShouldContain(_folder.File("text"));
        Should.Throw<EvokeException>(() => ModelFile.Open(_folder.File("nothing"))).Message.ShouldContain(_folder.File("nothing"));
    }

    [Fact]
    public void AModelWithMistakesIsNotWritten()
    {
        ModelContent content = SampleModels.Content(SampleModels.Description);
        ModelContent backwards = content with { Description = content.Description with { RateHertz = -1 } };
        Should.Throw<ModelDescriptionException>(() => ModelFile.Write(_folder.File("m"), backwards));
        Should.Throw<ModelTensorsException>(
            () => ModelFile.Write(
                _folder.File("m"), content with { Weights = [.. content.Weights.Where(weights => weights.Spec.Name != "image_gru.weight_ih_l0")] }))
            .Message.ShouldContain("missing: image_gru.weight_ih_l0 [12, 3]");
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    private static ModelDescription DescriptionOf(string kind) => kind switch
    {
        "gru-visual" => SampleModels.Description with
        {
            AudioEncoder = null,
            Head = new GruHeadConfig { VisualWidth = 3, AudioWidth = 0, Emotions = 2, VisualHidden = 4, Bidirectional = false },
        },
        "emobase" => SampleModels.Description with
        {
            Head = new EmoBaseHeadConfig { VisualWidth = 3, AudioWidth = 2, Emotions = 2, VisualHidden = 4, AudioHidden = 3 },
        },
        "tcn" => SampleModels.Description with
        {
            ClipSteps = null,
            Head = new TcnHeadConfig { VisualWidth = 3, AudioWidth = 2, Emotions = 2, Channels = 4, WeightNorm = true },
        },
        "standardised" => SampleModels.Description with { Normalisation = FeatureNormalisation.Standardise },
        "position" => SampleModels.Description with
        {
            Position = new PositionFeature(60),
            Normalisation = FeatureNormalisation.L2,
            Head = new GruHeadConfig { VisualWidth = 4, AudioWidth = 3, Emotions = 2, VisualHidden = 4, AudioHidden = 3 },
        },
        _ => SampleModels.Description,
    };

    private static string Json(ModelDescription description) =>
        System.Text.Json.JsonSerializer.Serialize(description, ModelFileLayout.Json(HeadCatalog.Default));

    private void Redescribe(Action<JsonNode> change) => Rewrite(
        _ => { },
        metadata =>
        {
            JsonNode description = JsonNode.Parse(metadata["evoke.description"])!;
            change(description);
            metadata["evoke.description"] = description.ToJsonString();
        });

    private void Rewrite(Action<List<TensorSource>> changeTensors, Action<Dictionary<string, string>>? changeMetadata = null)
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(SampleModels.Write(_folder, "original"));
        List<TensorSource> tensors = [.. file.Tensors.Values.Select(info => TensorSource.FromFloats(info.Name, info.Shape, file.ReadFloats(info.Name)))];
        Dictionary<string, string> metadata = new(file.Metadata);
        changeTensors(tensors);
        changeMetadata?.Invoke(metadata);
        SafeTensorsWriter.Write(_folder.File("changed"), metadata, tensors);
    }
}
