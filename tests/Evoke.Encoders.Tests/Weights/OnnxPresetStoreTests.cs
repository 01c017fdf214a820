using System.Security.Cryptography;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Onnx;
using Evoke.Encoders.Weights;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Weights;

/// <summary>The ONNX files of presets in the store of weights.</summary>
public sealed class OnnxPresetStoreTests : IDisposable
{
    private const string Name = "clip-vit-b-32";

    private readonly TemporaryFolder _folder = new();
    private readonly string _exported;

    public OnnxPresetStoreTests() => _exported = Network().Save(_folder.File("exported.onnx"));

    private string Home => _folder.File("home");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnImportCopiesTheFileAndRecordsItsHash()
    {
        WeightStore store = new(Home);
        InstalledWeights installed = await store.ImportAsync(_exported, Name, cancellationToken: Token);

        installed.Path.ShouldBe(Path.Combine(Home, "models", Name, $"{Name}.onnx"));
        File.ReadAllBytes(installed.Path).ShouldBe(File.ReadAllBytes(_exported));
        installed.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_exported))));
        installed.IsOfficial.ShouldBeNull();
        store.Find(Name).ShouldBe(installed);

        using IVisualEncoder encoder = EncoderCatalog.CreateDefault().CreateVisual(Name, new EncoderOptions { CacheFolder = Home });
        encoder.Identity.Name.ShouldBe(Name);
        encoder.Identity.WeightsSha256.ShouldBe(installed.Sha256);
        encoder.Identity.Settings.ShouldContain("\"shortSide\":224");
    }

    [Fact]
    public async Task WeightsInASecondFileAreCopiedAndRemovedWithIt()
    {
        string data = _folder.File("exported.onnx.data");
        string external = Network().SaveWithData(_folder.File("large.onnx"), data);
        WeightStore store = new(Home);
        await store.ImportAsync(_exported, Name, cancellationToken: Token);

        InstalledWeights installed = await store.ImportAsync(external, Name, cancellationToken: Token);

        installed.Bytes.ShouldBe(new FileInfo(external).Length + new FileInfo(data).Length);
        Files().ShouldBe([$"{Name}.onnx", "exported.onnx.data"], ignoreOrder: true);
        store.Find(Name).ShouldBe(installed);
        using (IVisualEncoder encoder = EncoderCatalog.CreateDefault().CreateVisual(Name, new EncoderOptions { CacheFolder = Home }))
        {
            encoder.Identity.WeightsSha256.ShouldBe(installed.Sha256);
        }

        await store.ImportAsync(_exported, Name, cancellationToken: Token);
        Files().ShouldBe([$"{Name}.onnx"]);
        (await store.ImportAsync(external, Name, cancellationToken: Token)).ShouldNotBeNull();
        (await store.RemoveAsync(Name, Token)).ShouldBeTrue();
        store.Find(Name).ShouldBeNull();
    }

    [Fact]
    public async Task AFolderThatAKilledImportLeftDoesNotCount()
    {
        string left = Directory.CreateDirectory(Path.Combine(Home, "models", Name, "0123")).FullName;
        File.WriteAllText(Path.Combine(left, "exported.onnx.data"), "half");
        WeightStore store = new(Home);
        store.Find(Name).ShouldBeNull();

        await store.ImportAsync(_exported, Name, cancellationToken: Token);
        Files().ShouldBe([$"{Name}.onnx"]);
    }

    [Fact]
    public async Task WhatIsNotTheNetworkIsRefusedAndLeavesNothing()
    {
        WeightStore store = new(Home);
        string wrong = OnnxModel.Means(768, 3, [2, 3], "N", 3, 224, 224).Save(_folder.File("other.onnx"));
        (await Should.ThrowAsync<OnnxModelException>(() => store.ImportAsync(wrong, Name, cancellationToken: Token)))
            .Message.ShouldContain($"this is not the network of {Name}: its output 'features' is [any, 768]; expected [any, 512]");

        ExpandedWeights.Write(_folder.File("ViT-B-32.pt"), [("weight", [2])], floats: 2);
        (await Should.ThrowAsync<OnnxModelException>(() => store.ImportAsync(_folder.File("ViT-B-32.pt"), Name, cancellationToken: Token)))
            .Message.ShouldBe($"{_folder.File("ViT-B-32.pt")}: this is not an ONNX file. Export it as an ONNX file: docs/presets.md#{Name} shows how.");
        (await Should.ThrowAsync<OnnxModelException>(() => store.ImportAsync(_folder.File("none.onnx"), Name, cancellationToken: Token)))
            .Message.ShouldContain("there is no such file");
        store.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task APullNeedsAnAddress()
    {
        byte[] bytes = File.ReadAllBytes(_exported);
        await using FileServer server = await FileServer.StartAsync(bytes);
        WeightStore store = new(Home);
        PretrainedWeights weights = WeightRegistry.Get(Name);
        (await Should.ThrowAsync<WeightsNotInstalledException>(() => store.PullAsync(weights, cancellationToken: Token)))
            .Message.ShouldStartWith($"No address is known for the weights of {Name}. Export it as an ONNX file: docs/presets.md#{Name}");

        InstalledWeights pulled = await store.PullAsync(weights, new PullOptions { From = new Uri(server.Address, "clip.onnx") }, cancellationToken: Token);
        pulled.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Files().ShouldBe([$"{Name}.onnx"]);
    }

    private static OnnxModel Network() => OnnxModel.Means(512, 3, [2, 3], "N", 3, 224, 224);

    private IEnumerable<string?> Files() =>
        Directory.EnumerateFiles(Path.Combine(Home, "models", Name), "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path));
}
