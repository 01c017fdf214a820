using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Evoke.Encoders.Weights;
using Evoke.Files;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Weights;

/// <summary>Networks in packages of NuGet and npm: pulled, imported, and refused.</summary>
public sealed class WeightPackageTests : IDisposable
{
    private const string Content = "not really a network", Other = "nor is this";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private WeightStore Store => new(_folder.File("home"));

    private string FolderOfResNet18 => Path.Combine(Store.Folder, "resnet18");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task APullTakesTheFilesOutOfThePackageAndKeepsNothingElse(bool zip)
    {
        await using FileServer server = await FileServer.StartAsync(Package(zip));
        PackagedNetwork network = Network(server.Address);

        InstalledWeights installed = await Store.PullAsync(network, cancellationToken: TestContext.Current.CancellationToken);

        installed.ShouldBe(new InstalledWeights("resnet18", Path.Combine(FolderOfResNet18, "a.onnx"), Content.Length + Other.Length, HashOf(Content), true));
        (await File.ReadAllTextAsync(installed.Path, TestContext.Current.CancellationToken)).ShouldBe(Content);
        Directory.GetFiles(FolderOfResNet18).Select(Path.GetFileName).ShouldBe(["a.onnx", "b.onnx"], ignoreOrder: true);
        await Store.PullAsync(network, cancellationToken: TestContext.Current.CancellationToken);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task APackageWithAnotherFileInsideIsRefusedAndNothingIsKept()
    {
        await using FileServer server = await FileServer.StartAsync(Package(zip: true));
        PackagedNetwork network = Network(server.Address) with { Files = [new("in/a.onnx", Content.Length, HashOf(Other))] };
        string message = (await Should.ThrowAsync<HashMismatchException>(() => Store.PullAsync(network))).Message;
        message.ShouldContain("package.zip, in/a.onnx: expected a SHA-256 that starts with " + HashOf(Other));
        Directory.GetFiles(FolderOfResNet18).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnExpectedHashOfThePackageIsHeld()
    {
        await using FileServer server = await FileServer.StartAsync(Package(zip: true));
        await Should.ThrowAsync<HashMismatchException>(() => Store.PullAsync(Network(server.Address), new PullOptions { Sha256 = "0123456789" }));
        string right = Convert.ToHexStringLower(SHA256.HashData(Package(zip: true)));
        (await Store.PullAsync(
            Network(server.Address), new PullOptions { Sha256 = right }, cancellationToken: TestContext.Current.CancellationToken)).IsOfficial.ShouldBe(true);
    }

    [Theory]
    [InlineData("PK, but no archive")]
    [InlineData("no archive")]
    [InlineData("")]
    public async Task WhatIsNoPackageIsRefused(string content)
    {
        await File.WriteAllTextAsync(_folder.File("file.nupkg"), content, TestContext.Current.CancellationToken);
        string message = (await Should.ThrowAsync<WeightPackageException>(() => Store.ImportAsync(_folder.File("file.nupkg"), "resnet18"))).Message;
        message.ShouldContain("file.nupkg");
        message.ShouldContain("NuGet's Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1");
    }

    [Fact]
    public async Task AnotherPackageIsRefused()
    {
        await File.WriteAllBytesAsync(_folder.File("other.tgz"), Package(zip: false), TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<WeightPackageException>(() => Store.ImportAsync(_folder.File("other.tgz"), "speech"))).Message
            .ShouldContain("it has no package/dist/silero_vad_v6.onnx; expected npm's @ricky0123/vad-web 0.0.31");
        await Should.ThrowAsync<FileReadException>(() => Store.ImportAsync(_folder.File("nowhere.tgz"), "speech"));
    }

    private static PackagedNetwork Network(Uri address) => (PackagedNetwork)WeightRegistry.Get("resnet18") with
    {
        Address = new Uri(address, "package.zip"),
        Sha256 = HashOf(Content),
        Files = [new("in/a.onnx", Content.Length, HashOf(Content)), new("in/b.onnx", Other.Length, HashOf(Other))],
    };

    private static byte[] Package(bool zip)
    {
        using MemoryStream bytes = new();
        if (zip)
        {
            using ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true);
            foreach ((string name, string content) in Entries)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        else
        {
            using GZipStream compressed = new(bytes, CompressionLevel.Fastest, leaveOpen: true);
            using TarWriter archive = new(compressed);
            foreach ((string name, string content) in Entries)
            {
                archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
            }
        }

        return bytes.ToArray();
    }

    private static (string Name, string Content)[] Entries => [("readme", "nothing"), ("in/a.onnx", Content), ("in/b.onnx", Other)];

    private static string HashOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
