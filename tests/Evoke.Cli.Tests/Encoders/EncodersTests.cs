using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Encoders;

public sealed class EncodersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CheckSaysWhatANetworkTakesAndGives()
    {
        string path = Network(OnnxModel.Mean(OnnxElement.Singles, "N", 3, 8, 8), """{ "title": "Mean", "licence": "CC0-1.0" }""");
        CommandResult result = await CommandResult.OfAsync("encoders", "check", path);
        result.ExitCode.ShouldBe(ExitCode.Done);
        result.Out.ShouldContain("net.onnx, Mean, CC0-1.0");
        result.Out.ShouldContain("x float32 [any, 3, 8, 8]");
        result.Out.ShouldContain("one picture of 8 x 8 for each step, order NCHW");
        result.Out.ShouldContain("y: 1 number for each step");
        result.Out.ShouldContain($"evoke extract VIDEOS --visual onnx:{path} --audio none --out features");
    }

    [Theory]
    [InlineData("""{ "sampleRate": 8000 }""", "wave", "N", 8000)]
    [InlineData("""{ "frontEnd": "ast" }""", "spectrogram", "N", 64, 128)]
    [InlineData("""{ "frameRate": 4 }""", "clips", "N", 4, 3, 8, 8)]
    public async Task CheckFindsOutTheKind(string json, string kind, params object[] shape)
    {
        CommandResult result = await CommandResult.OfAsync("encoders", "check", Network(OnnxModel.Mean(OnnxElement.Singles, shape), json), "--json");
        result.ExitCode.ShouldBe(ExitCode.Done);
        using JsonDocument report = JsonDocument.Parse(result.Out);
        report.RootElement.GetProperty("kind").GetString().ShouldBe(kind);
        report.RootElement.GetProperty("feature_width").GetInt32().ShouldBe(1);
        report.RootElement.GetProperty("sha256").GetString()!.Length.ShouldBe(64);
    }

    [Fact]
    public async Task CheckRefusesNumbersThatDoNotDependOnTheInput()
    {
        OnnxModel model = new OnnxModel().Input("x", OnnxElement.Singles, "N", 3, 8, 8).Output("y", OnnxElement.Singles, "N", 3, 8, 8)
            .Node("Sub", ["x", "x"], "y");
        CommandResult result = await CommandResult.OfAsync("encoders", "check", Network(model, "{}"));
        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        result.Out.ShouldContain("give the same numbers");
    }

    [Fact]
    public async Task CheckNamesEveryMistake()
    {
        CommandResult result = await CommandResult.OfAsync(
            "encoders", "check", Network(OnnxModel.Mean(OnnxElement.Singles, "N", 3, 8, 8), """{ "widht": 8, "height": "8", "l2": 1 }"""));
        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain("3 mistakes");
        result.Error.ShouldContain("did you mean \"width\"?");
    }

    [Fact]
    public async Task WhatCheckSaysToTypeIsQuotedForAShell()
    {
        string path = OnnxModel.Mean(OnnxElement.Singles, "N", 3, 8, 8).Save(_folder.File("my net's.onnx"));
        CommandResult result = await CommandResult.OfAsync("encoders", "check", path + "#y");
        result.Out.ShouldContain($"--visual 'onnx:{_folder.File("my net'\\''s.onnx#y")}' --audio none");
    }

    [Theory]
    [InlineData("""{ "sampleRate": 8000, "gain": 0 }""", "\"gain\": expected a number other than 0; found 0.", "N", 8000)]
    [InlineData("""{ "sampleRate": 0, "windowSeconds": 1 }""", "\"sampleRate\": expected a number from 100 to 384000; found 0.", "N", "samples")]
    [InlineData("""{ "sampleRate": 8000, "contextSeconds": -1 }""", "\"contextSeconds\": expected a number from 0 to 600; found -1.", "N", 8000)]
    [InlineData("""{ "frontEnd": "ast", "gain": 0 }""", "\"gain\": expected a number other than 0; found 0.", "N", 64, 128)]
    [InlineData("""{ "frontEnd": "ast", "sampleRate": 0 }""", "\"sampleRate\": expected a number from 100 to 384000; found 0.", "N", 64, 128)]
    [InlineData(
        """{ "logOffset": 0.1, "spectrogram": { "logOffset": 0.2 } }""",
        "\"logOffset\": it is the older name of \"spectrogram.logOffset\": give one of the two.", "N", 96, 64)]
    [InlineData("""{ "spectrogram": { "lowHz": 9000 } }""", "\"spectrogram.lowHz\": expected a number from 0 to 8000; found 9000.", "N", 96, 64)]
    [InlineData(
        """{ "spectrogram": { "windowLength": 99999 } }""", "\"spectrogram.windowLength\": expected a number from 2 to 65536; found 99999.", "N", 96, 64)]
    [InlineData("""{ "width": 8, "height": 8, "shortSide": 7 }""", "\"shortSide\": expected a number from 8 to 8192; found 7.", "N", 3, 8, 8)]
    public async Task AMistakeIsSaidOnceAndNothingThatFollowsFromIt(string json, string mistake, params object[] shape)
    {
        string path = Network(OnnxModel.Mean(OnnxElement.Singles, shape), json);
        CommandResult result = await CommandResult.OfAsync("encoders", "check", path);
        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.Trim().ShouldEndWith($"{path}: net.onnx.json, {mistake}");
    }

    [Fact]
    public async Task CheckNamesMistakesOfTheFileAndOfTheNetworkTogether()
    {
        OnnxModel model = OnnxModel.Same("N", 3, 8, 8).Output("z", OnnxElement.Singles, "N", 3, 8, 8).Node("Neg", ["x"], "z");
        CommandResult result = await CommandResult.OfAsync("encoders", "check", Network(model, """{ "widht": 8 }"""));
        result.Error.ShouldContain("2 mistakes");
        result.Error.ShouldContain("did you mean \"width\"?");
        result.Error.ShouldContain("it has several outputs: y float32 [any, 3, 8, 8], z float32 [any, 3, 8, 8]");
    }

    [Fact]
    public async Task ListHasEveryEncoder()
    {
        CommandResult result = await CommandResult.OfAsync("encoders", "list", "--json");
        using JsonDocument rows = JsonDocument.Parse(result.Out);
        JsonElement[] all = [.. rows.RootElement.EnumerateArray()];
        JsonElement swin = all.Single(row => row.GetProperty("name").GetString() == "swin-l");
        swin.GetProperty("licence").GetString().ShouldBe("MIT");
        swin.GetProperty("feature_width").GetInt32().ShouldBe(1536);
        all.Single(row => row.GetProperty("name").GetString() == "audio-lld").GetProperty("here").GetBoolean().ShouldBeTrue();
        all.ShouldAllBe(row => row.GetProperty("input").GetString()!.Length > 0);
        JsonElement clip = all.Single(row => row.GetProperty("name").GetString() == "clip-vit-b-32");
        clip.GetProperty("untested").GetBoolean().ShouldBeTrue();
        clip.GetProperty("feature_width").GetInt32().ShouldBe(512);
        swin.GetProperty("untested").GetBoolean().ShouldBeFalse();
        string text = (await CommandResult.OfAsync("encoders", "list")).Out;
        text.ShouldContain("onnx:FILE");
        text.ShouldContain("a picture for each step (untested)");
    }

    [Fact]
    public async Task ListHasTheNetworksOfAFolder()
    {
        Network(OnnxModel.Mean(OnnxElement.Singles, "N", 3, 8, 8), """{ "title": "Mean", "licence": "CC0-1.0" }""");
        await File.WriteAllTextAsync(_folder.File("broken.onnx"), "not a network", TestContext.Current.CancellationToken);

        CommandResult result = await CommandResult.OfAsync("encoders", "list", _folder.File("."), "--json");
        (await CommandResult.OfAsync("encoders", "list", _folder.File("nowhere"))).Error.ShouldContain("there is no such folder");

        result.ExitCode.ShouldBe(ExitCode.Done);
        using JsonDocument rows = JsonDocument.Parse(result.Out);
        JsonElement[] own = [.. rows.RootElement.EnumerateArray().Where(row => Path.GetExtension(row.GetProperty("name").GetString()) == ".onnx")];
        own.Length.ShouldBe(2);
        own[0].GetProperty("input").GetString()!.ShouldContain("cannot be loaded");
        own[1].GetProperty("input").GetString()!.ShouldStartWith("Mean: one picture of 8 x 8 for each step");
        own[1].GetProperty("licence").GetString().ShouldBe("CC0-1.0");
        own[1].GetProperty("feature_width").GetInt32().ShouldBe(1);
    }

    private string Network(OnnxModel model, string json)
    {
        string path = model.Save(_folder.File("net.onnx"));
        File.WriteAllText(path + ".json", json);
        return path;
    }
}
