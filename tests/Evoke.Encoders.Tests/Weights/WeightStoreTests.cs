using System.Security.Cryptography;
using Evoke.Encoders.Deep;
using Evoke.Encoders.Networks;
using Evoke.Encoders.Tests.Networks;
using Evoke.Encoders.Weights;
using Evoke.Files;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Tensors;
using Evoke.Testing;
using Microsoft.AspNetCore.Http;

namespace Evoke.Encoders.Tests.Weights;

public sealed class WeightStoreTests : IAsyncLifetime
{
    private static readonly DownloadOptions QuickDownload = new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(5),
        MaxAttempts = 3,
        StallTimeout = TimeSpan.FromSeconds(20),
    };
    private static readonly PullOptions Quick = new() { Download = QuickDownload };
    private static readonly Lazy<byte[]> Fitting = new(() => FittingBytes("swin-t", floats: 300_000));
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _content = Fitting.Value;
    private readonly string _sha256;
    private FileServer _server = null!;

    public WeightStoreTests()
    {
        File.WriteAllBytes(_folder.File("source"), _content);
        _sha256 = Convert.ToHexStringLower(SHA256.HashData(_content));
        Store = new WeightStore(_folder.File("home"));
    }

    private WeightStore Store { get; }

    private string FolderOfSwinT => Path.Combine(Store.Folder, "swin-t");

    private PretrainedWeights Weights => WeightRegistry.Get("swin-t") with { Address = new Uri(_server.Address, "releases/swin_t.pth"), Sha256 = _sha256[..8] };

    public async ValueTask InitializeAsync() => _server = await FileServer.StartAsync(_content);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task APullInstallsTheWholeFileAndNothingElse()
    {
        List<DownloadProgress> progress = [];
        InstalledWeights installed = await PullAsync(progress: new Collector(progress));
        installed.ShouldBe(new InstalledWeights("swin-t", Path.Combine(FolderOfSwinT, "swin_t.pth"), _content.Length, _sha256, true));
        File.ReadAllBytes(installed.Path).ShouldBe(_content);
        Directory.GetFiles(FolderOfSwinT).ShouldBe([installed.Path]);
        progress.Where(p => p.Phase == DownloadPhase.Downloading).Select(p => p.BytesDone).ShouldBeInOrder();
        progress.Last(p => p.Phase == DownloadPhase.Downloading).ShouldBe(new DownloadProgress(DownloadPhase.Downloading, _content.Length, _content.Length));
        progress[^1].ShouldBe(new DownloadProgress(DownloadPhase.Checking, _content.Length, _content.Length));
        Store.Get("swin-t").Sha256.ShouldBe(_sha256);
        Store.List().Select(w => w.Name).ShouldBe(["swin-t"]);
    }

    [Fact]
    public async Task WhatIsThereIsNotFetchedAgainUnlessForced()
    {
        await PullAsync();
        await PullAsync();
        _server.Requests.Count.ShouldBe(1);
        await PullAsync(Quick with { Force = true });
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ADroppedConnectionIsTakenUpWhereItBroke()
    {
        _server.Script = async (context, n) => n == 1 && await _server.CutAfterAsync(context, _content.Length / 2);
        (await PullAsync()).Sha256.ShouldBe(_sha256);
        _server.Requests.Count.ShouldBe(2);
        string second = _server.Requests.Last();
        second.ShouldContain("bytes=");
        second.ShouldEndWith("\"v1\"");
    }

    [Fact]
    public async Task APullGoesOnWhereAnEarlierRunStopped()
    {
        using CancellationTokenSource stop = new();
        _server.Script = async (context, n) =>
        {
            if (n == 1)
            {
                context.Response.ContentLength = _content.Length;
                context.Response.Headers.ETag = "\"v1\"";
                await context.Response.Body.WriteAsync(_content.AsMemory(0, 500_000));
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return true;
            }

            return false;
        };
        Progress stopHalfWay = new(p =>
        {
            if (p.BytesDone >= 500_000)
            {
                stop.Cancel();
            }
        });
        await Should.ThrowAsync<OperationCanceledException>(() => Store.PullAsync(Weights, Quick, stopHalfWay, stop.Token));
        Store.Find("swin-t").ShouldBeNull();
        (await PullAsync()).Sha256.ShouldBe(_sha256);
        _server.Requests.Last().ShouldContain("bytes=500000-");
    }

    [Fact]
    public async Task AFileThatChangedMeanwhileIsFetchedFromItsStart()
    {
        _server.Script = async (context, n) =>
        {
            if (n != 1)
            {
                return false;
            }

            _server.EntityTag = "old";
            await _server.CutAfterAsync(context, 100_000);
            _server.EntityTag = "new";
            return true;
        };
        (await PullAsync()).Sha256.ShouldBe(_sha256);
        _server.Requests.Last().ShouldEndWith("\"old\"");
    }

    [Fact]
    public async Task AServerWithoutRangesIsAskedAgainForTheWhole()
    {
        _server.Ranges = false;
        _server.Script = async (context, n) => n == 1 && await _server.CutAfterAsync(context, 100_000);
        (await PullAsync()).Sha256.ShouldBe(_sha256);
    }

    [Fact]
    public async Task WithoutTagAndHashABrokenDownloadStartsAnew()
    {
        _server.EntityTag = null;
        _server.Script = async (context, n) => n == 1 && await _server.CutAfterAsync(context, 100_000);
        (await Store.PullAsync(Weights with { Sha256 = null }, Quick, null, TestContext.Current.CancellationToken)).IsOfficial.ShouldBeNull();
        _server.Requests.ShouldAllBe(r => !r.Contains("bytes="));
    }

    [Fact]
    public async Task WithAHashButNoTagABrokenDownloadGoesOn()
    {
        _server.EntityTag = null;
        _server.Script = async (context, n) => n == 1 && await _server.CutAfterAsync(context, 100_000);
        await PullAsync();
        _server.Requests.Last().ShouldContain("bytes=");
    }

    [Fact]
    public async Task ABadOlderPartIsThrownAwayAndTheWholeFetched()
    {
        _server.Script = async (context, n) => n <= 3 && await _server.CutAfterAsync(context, 0);
        await Should.ThrowAsync<DownloadException>(() => PullAsync());
        await File.WriteAllBytesAsync(Path.Combine(FolderOfSwinT, "swin_t.pth.part"), new byte[1000], TestContext.Current.CancellationToken);
        (await PullAsync()).Sha256.ShouldBe(_sha256);
        _server.Requests.ToArray()[^2].ShouldContain("bytes=1000-");
        _server.Requests.Last().ShouldNotContain("bytes=");
    }

    [Fact]
    public async Task AConnectionThatBreaksWithoutProgressIsGivenUp()
    {
        _server.Script = (context, _) =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        DownloadException error = await Should.ThrowAsync<DownloadException>(() => PullAsync());
        error.Message.ShouldContain("3 attempts");
        _server.Requests.Count.ShouldBe(3);
        ShouldHaveInstalledNothing();
    }

    [Fact]
    public async Task AConnectionThatBreaksOftenButAdvancesArrives()
    {
        _server.Script = async (context, n) => n < 8 && await CutAgainAsync(context, n);
        (await PullAsync()).Sha256.ShouldBe(_sha256);
        _server.Requests.Count.ShouldBe(8);
    }

    [Fact]
    public async Task ASilentServerIsGivenUp()
    {
        _server.Script = async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        DownloadException error = await Should.ThrowAsync<DownloadException>(
            () => PullAsync(new PullOptions { Download = QuickDownload with { StallTimeout = TimeSpan.FromMilliseconds(50), MaxAttempts = 2 } }));
        error.Message.ShouldContain("did not answer");
    }

    [Fact]
    public async Task ABusyServerIsAskedAgain()
    {
        _server.Script = (context, n) =>
        {
            if (n < 3)
            {
                context.Response.StatusCode = n == 1 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status429TooManyRequests;
            }

            return Task.FromResult(n < 3);
        };
        (await PullAsync()).Sha256.ShouldBe(_sha256);
    }

    [Fact]
    public async Task AMissingFileIsNotAskedForAgain()
    {
        _server.Script = (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.FromResult(true);
        };
        DownloadException error = await Should.ThrowAsync<DownloadException>(() => PullAsync());
        error.Message.ShouldContain("404");
        error.Message.ShouldContain("swin_t.pth");
        _server.Requests.Count.ShouldBe(1);
        ShouldHaveInstalledNothing();
    }

    [Fact]
    public async Task AMirrorHelpsOut()
    {
        _server.Script = (context, _) =>
        {
            bool missing = context.Request.Path.StartsWithSegments("/releases", StringComparison.Ordinal);
            context.Response.StatusCode = missing ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            return Task.FromResult(missing);
        };
        InstalledWeights installed = await Store.PullAsync(
            Weights with { Mirrors = [new Uri(_server.Address, "mirror/x.pth")] }, Quick, null, TestContext.Current.CancellationToken);
        installed.Sha256.ShouldBe(_sha256);
        Path.GetFileName(installed.Path).ShouldBe("swin_t.pth");
    }

    [Fact]
    public async Task AWrongHashInstallsNothing()
    {
        PretrainedWeights other = Weights with { Sha256 = "0123abcd" };
        HashMismatchException error = await Should.ThrowAsync<HashMismatchException>(() => Store.PullAsync(other, Quick));
        error.Expected.ShouldBe("0123abcd");
        error.Found.ShouldBe(_sha256);
        ShouldHaveInstalledNothing();
        Directory.GetFiles(FolderOfSwinT).ShouldBeEmpty();
    }

    [Fact]
    public async Task AHashGivenByThePersonCountsToo()
    {
        await Should.ThrowAsync<HashMismatchException>(() => PullAsync(Quick with { Sha256 = new string('0', 64) }));
        (await PullAsync(Quick with { Sha256 = _sha256.ToUpperInvariant() })).Sha256.ShouldBe(_sha256);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task ALengthOtherThanThePublishedInstallsNothing(int difference)
    {
        LengthMismatchException error = await Should.ThrowAsync<LengthMismatchException>(
            () => Store.PullAsync(Weights with { Bytes = _content.Length + difference }, Quick));
        (error.Expected, error.Found).ShouldBe((_content.Length + difference, _content.Length));
        ShouldHaveInstalledNothing();
    }

    [Fact]
    public async Task ALengthThatIsNotKeptIsABrokenConnection()
    {
        _server.Script = async (context, _) =>
        {
            context.Response.ContentLength = _content.Length + 100;
            await context.Response.Body.WriteAsync(_content);
            await context.Response.Body.FlushAsync();
            context.Abort();
            return true;
        };
        await Should.ThrowAsync<DownloadException>(() => Store.PullAsync(Weights with { Sha256 = null }, Quick));
        ShouldHaveInstalledNothing();
    }

    [Fact]
    public async Task AFileWithoutAnnouncedLengthArrivesToo()
    {
        _server.Script = async (context, _) =>
        {
            await context.Response.Body.WriteAsync(_content); // Chunked.
            return true;
        };
        (await PullAsync()).Bytes.ShouldBe(_content.Length);
    }

    [Fact]
    public async Task ARedirectIsFollowed()
    {
        _server.Script = (context, _) =>
        {
            if (context.Request.Path == "/elsewhere")
            {
                return Task.FromResult(false);
            }

            context.Response.Redirect("/elsewhere");
            return Task.FromResult(true);
        };
        InstalledWeights installed = await PullAsync();
        installed.Sha256.ShouldBe(_sha256);
        Path.GetFileName(installed.Path).ShouldBe("swin_t.pth");
    }

    [Fact]
    public async Task ARedirectInCirclesEnds()
    {
        _server.Script = (context, _) =>
        {
            context.Response.Redirect("/again");
            return Task.FromResult(true);
        };
        (await Should.ThrowAsync<DownloadException>(() => PullAsync())).Message.ShouldContain("redirect");
    }

    [Fact]
    public async Task ARedirectFromHttpsToHttpIsRefused()
    {
        await using FileServer secure = await FileServer.StartAsync(_content, https: true);
        secure.Script = (context, _) =>
        {
            context.Response.Redirect(new Uri(_server.Address, "plain.pth").AbsoluteUri);
            return Task.FromResult(true);
        };
        using SocketsHttpHandler handler = new();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == secure.Thumbprint;
        using HttpClient client = new(handler);
        WeightStore store = new(_folder.File("home"), client);
        DownloadException error = await Should.ThrowAsync<DownloadException>(
            () => store.PullAsync(Weights with { Address = new Uri(secure.Address, "swin_t.pth") }, Quick));
        error.Message.ShouldContain("from https to http");
        _server.Requests.ShouldBeEmpty();

        secure.Script = (_, _) => Task.FromResult(false);
        PretrainedWeights moved = Weights with { Address = new Uri(secure.Address, "swin_t.pth") };
        (await store.PullAsync(moved, Quick, null, TestContext.Current.CancellationToken)).Sha256.ShouldBe(_sha256);
    }

    [Fact]
    public async Task AHostThatIsNotThereIsNamed()
    {
        DownloadException error = await Should.ThrowAsync<DownloadException>(
            () => Store.PullAsync(Weights with { Address = new Uri("http://127.0.0.1:9/swin_t.pth") }, Quick));
        error.Message.ShouldContain("127.0.0.1");
    }

    [Fact]
    public async Task AWebPageInsteadOfWeightsIsNotInstalled()
    {
        _server.Content = "<html>sign in first</html>"u8.ToArray();
        (await Should.ThrowAsync<UnknownTensorFormatException>(() => Store.PullAsync(Weights with { Sha256 = null }, Quick))).Message.ShouldContain("web page");
        ShouldHaveInstalledNothing();
    }

    [Fact]
    public async Task AnotherAddressIsAskedInsteadIfThePersonGivesOne()
    {
        PretrainedWeights unreachable = Weights with { Address = new Uri("http://127.0.0.1:9/swin_t.pth") };
        InstalledWeights installed = await Store.PullAsync(
            unreachable, Quick with { From = new Uri(_server.Address, "mine?x=1") }, null, TestContext.Current.CancellationToken);
        Path.GetFileName(installed.Path).ShouldBe("swin_t.pth");
        installed.Sha256.ShouldBe(_sha256);
    }

    [Fact]
    public async Task AStoreThatCannotBeWrittenIsNamed()
    {
        WeightStore store = new("/proc/evoke");
        (await Should.ThrowAsync<FileWriteException>(() => store.PullAsync(Weights, Quick))).Message.ShouldContain("EVOKE_HOME");
        store.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task TwoPullsAtOnceFetchOnce()
    {
        _server.Script = async (_, _) =>
        {
            await Task.Delay(100);
            return false;
        };
        List<DownloadProgress> progress = [];
        WeightStore another = new(_folder.File("home"));
        InstalledWeights[] both = await Task.WhenAll(
            PullAsync(), another.PullAsync(Weights, Quick, new Collector(progress), TestContext.Current.CancellationToken));
        both[0].ShouldBe(both[1]);
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AnImportCopiesAndChecksTheFile()
    {
        InstalledWeights installed = await Store.ImportAsync(_folder.File("source"), "swin-t", null, TestContext.Current.CancellationToken);
        installed.Sha256.ShouldBe(_sha256);
        installed.IsOfficial.ShouldBeNull();
        File.ReadAllBytes(installed.Path).ShouldBe(_content);
        Path.GetFileName(installed.Path).ShouldBe("swin-t.pth");
        WriteFitting("vggish", _folder.File("sound"));
        (await Store.ImportAsync(_folder.File("sound"), "vggish", null, TestContext.Current.CancellationToken)).IsOfficial.ShouldBe(false);
        Store.List().Select(w => w.Name).ShouldBe(["swin-t", "vggish"]);
    }

    [Theory]
    [InlineData("swin-s")]
    [InlineData("se-resnet50")]
    [InlineData("vggish")]
    [InlineData("vggish-pca")]
    public async Task WeightsOfAnotherNetworkAreNotImported(string name)
    {
        WeightsMismatchException error = await Should.ThrowAsync<WeightsMismatchException>(() => Store.ImportAsync(_folder.File("source"), name));
        error.Message.ShouldStartWith($"{_folder.File("source")} does not hold the weights of {name}.");
        Store.Find(name).ShouldBeNull();
    }

    [Fact]
    public async Task AFileWithoutPublishedHashIsNotInstalledIfItDoesNotFit()
    {
        WriteFitting("vggish", _folder.File("sound"));
        _server.Content = await File.ReadAllBytesAsync(_folder.File("sound"), TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<WeightsMismatchException>(() => Store.PullAsync(Weights with { Sha256 = null }, Quick))).Message.ShouldContain("swin_t.pth");
        ShouldHaveInstalledNothing();
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("model.")]
    [InlineData("_orig_mod.")]
    [InlineData("model.backbone.", "criterion.weight")]
    [InlineData("module.model._orig_mod.")]
    public async Task WeightsUnderAPrefixAreFound(string prefix, params string[] others)
    {
        WriteFitting("swin-t", _folder.File("nested.ckpt"), prefix: prefix, others: others);
        InstalledWeights installed = await Store.ImportAsync(_folder.File("nested.ckpt"), "swin-t", null, TestContext.Current.CancellationToken);
        using DeepVisualEncoder encoder = DeepVisualEncoder.Load(
            WeightRegistry.Backbones.Single(backbone => backbone.Name == "swin-t"), new EncoderOptions { WeightsFile = installed.Path });
        encoder.FeatureWidth.ShouldBe(768);
    }

    [Fact]
    public async Task WeightsThatAreThereTwiceAreRefused()
    {
        WriteFitting("swin-t", _folder.File("twice.ckpt"), prefix: "student.", others: ["teacher.patch_embed.proj.weight"]);
        (await Should.ThrowAsync<RepeatedWeightsException>(() => Store.ImportAsync(_folder.File("twice.ckpt"), "swin-t")))
            .Message.ShouldContain("'student.', 'teacher.'");
    }

    [Fact]
    public async Task AnImportReplacesWhatWasThere()
    {
        await PullAsync();
        WriteFitting("swin-t", _folder.File("zz"));
        InstalledWeights second = await Store.ImportAsync(_folder.File("zz"), "swin-t", null, TestContext.Current.CancellationToken);
        Store.Get("swin-t").ShouldBe(second);
        Directory.GetFiles(FolderOfSwinT).ShouldBe([second.Path]);
    }

    [Fact]
    public async Task ABadFileIsNotImported()
    {
        await File.WriteAllTextAsync(_folder.File("bad.pth"), "no weights", TestContext.Current.CancellationToken);
        await Should.ThrowAsync<TensorFileException>(() => Store.ImportAsync(_folder.File("bad.pth"), "swin-l"));
        await Should.ThrowAsync<UnknownWeightsException>(() => Store.ImportAsync(_folder.File("source"), "swin-xl"));
        Store.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task RemovedWeightsAreGone()
    {
        await PullAsync();
        (await Store.RemoveAsync("swin-t", TestContext.Current.CancellationToken)).ShouldBeTrue();
        Store.Find("swin-t").ShouldBeNull();
        (await Store.RemoveAsync("swin-t", TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Fact]
    public void MissingWeightsAreAskedForWithTheCommandThatGetsThem()
    {
        WeightsNotInstalledException error = Should.Throw<WeightsNotInstalledException>(() => Store.Get("swin-l"));
        error.Message.ShouldContain("evoke models pull swin-l");
        error.Message.ShouldContain("github.com");
        error.Message.ShouldContain("MIT");
    }

    private async Task<bool> CutAgainAsync(HttpContext context, int n)
    {
        if (n == 1)
        {
            return await _server.CutAfterAsync(context, 50_000);
        }

        string range = context.Request.Headers.Range.ToString();
        int start = int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.Headers.ContentRange = $"bytes {start}-{_content.Length - 1}/{_content.Length}";
        context.Response.ContentLength = _content.Length - start;
        await context.Response.Body.WriteAsync(_content.AsMemory(start, 50_000));
        await context.Response.Body.FlushAsync();
        return true;
    }

    private Task<InstalledWeights> PullAsync(PullOptions? options = null, IProgress<DownloadProgress>? progress = null) =>
        Store.PullAsync(Weights, options ?? Quick, progress, TestContext.Current.CancellationToken);

    // A file of a few numbers with all names and shapes of a network.
    private static void WriteFitting(string name, string path, int floats = 6, string prefix = "", params string[] others)
    {
        GoldenStateDict parameters = GoldenStateDict.For(weights => name == "vggish"
            ? new VggishNetwork(weights, name, NetworkPlacement.Exact)
            : WeightRegistry.Backbones.Single(backbone => backbone.Name == name).Load(weights, name, NetworkPlacement.Exact));
        IEnumerable<(string, long[])> inner = parameters.Names.Select(own => (prefix + own, parameters.ShapeOf(own).ToArray()));
        ExpandedWeights.Write(path, inner.Concat(others.Select(other => (other, new long[] { 1 }))), floats);
    }

    private static byte[] FittingBytes(string name, int floats)
    {
        using TemporaryFolder folder = new();
        WriteFitting(name, folder.File("weights"), floats);
        return File.ReadAllBytes(folder.File("weights"));
    }

    private void ShouldHaveInstalledNothing()
    {
        Store.Find("swin-t").ShouldBeNull();
        Store.List().ShouldBeEmpty();
    }

    private sealed class Progress(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value);
    }

    private sealed class Collector(List<DownloadProgress> seen) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => seen.Add(value);
    }
}
