using System.Net;
using System.Net.Http.Json;
using Evoke.Studio.Api;
using Evoke.Studio.Options;
using Evoke.Studio.Security;

namespace Evoke.Studio.Tests;

/// <summary>Requests that Studio must refuse.</summary>
public sealed class SafetyTests
{
    [Fact]
    public async Task AForeignHostIsRefused()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        (await StatusAsync(studio, request => request.Headers.Host = $"evil.example:{studio.Address.Port}")).ShouldBe(HttpStatusCode.MisdirectedRequest);
        foreach (string name in new[] { "localhost", "LOCALHOST", "127.0.0.1", "[::1]" })
        {
            (await StatusAsync(studio, request => request.Headers.Host = $"{name}:{studio.Address.Port}")).ShouldBe(HttpStatusCode.OK, name);
        }
    }

    [Theory]
    [InlineData("localhost")] // means port 80
    [InlineData("localhost:1")]
    public async Task AHostWithAnotherPortIsRefused(string host)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/status") { Headers = { Host = host } };
        using HttpResponseMessage answer = await studio.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"port {studio.Address.Port}");
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task APageOfAnotherSiteIsRefused(string header, string value)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        (await StatusAsync(studio, request => request.Headers.TryAddWithoutValidation(header, value))).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task OurOwnPageIsLetIn()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string origin = studio.Address.GetLeftPart(UriPartial.Authority);
        (await StatusAsync(studio, request => request.Headers.TryAddWithoutValidation("Origin", origin))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task TheTokenIsAskedOfEveryRequestAndTakenFromThePageAddressOnce()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(options => options with { Token = "s3cret" });
        (await StatusAsync(studio, _ => { })).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(studio, request => request.Headers.Authorization = new("Bearer", "wrong"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(studio, request => request.Headers.Authorization = new("Bearer", "s3cret"))).ShouldBe(HttpStatusCode.OK);
        // The page's address sets a cookie and redirects to an address without the token.
        using HttpResponseMessage page = await studio.Client.GetAsync("/?token=s3cret");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.RequestMessage!.RequestUri!.Query.ShouldBeEmpty();
        (await StatusAsync(studio, _ => { })).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void AnAddressThatOthersReachNeedsAToken()
    {
        string folder = Directory.CreateTempSubdirectory("evoke-studio-").FullName;
        Should.Throw<StudioOptionsException>(() => StudioServer.Build(new StudioOptions { Address = IPAddress.Any, Port = 0, DataFolder = folder }))
            .Message.ShouldContain("--token");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task EveryAnswerForbidsInlineScript()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        foreach (string path in new[] { "/", "/studio.js", "/api/status", "/nothing" })
        {
            using HttpResponseMessage answer = await studio.Client.GetAsync(path);
            string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("script-src 'self';");
            policy.ShouldNotContain("unsafe-inline");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../data/studio.db")]
    [InlineData("sub/../../data/studio.db")]
    [InlineData("link-out/studio.db")]
    [InlineData("link-file")]
    [InlineData("loop/x")]
    public async Task NothingOutsideTheRootsIsRead(string path)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        Directory.CreateDirectory(Path.Combine(studio.Root, "sub"));
        Directory.CreateSymbolicLink(Path.Combine(studio.Root, "link-out"), Path.Combine(studio.Folder, "data"));
        File.CreateSymbolicLink(Path.Combine(studio.Root, "link-file"), Path.Combine(studio.Folder, "data", "studio.db"));
        Directory.CreateSymbolicLink(Path.Combine(studio.Root, "loop"), Path.Combine(studio.Root, "loop"));
        using JsonContent body = JsonContent.Create(new AddPathRequest(path));
        (int status, string detail) = await studio.TryAsync(HttpMethod.Post, "/api/videos", body);
        status.ShouldBeOneOf(403, 404);
        detail.ShouldNotContain(studio.Folder);
        (await studio.GetAsync<VideoView[]>("/api/videos")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/%2e%2e/studio.db")]
    [InlineData("/..%2fstudio.db")]
    [InlineData("/%2e%2e%2f%2e%2e%2fetc/passwd")]
    [InlineData("/api/videos/..%2f..%2fstudio.db/media")]
    [InlineData("/api/videos/%2e%2e/media")]
    public async Task EncodedPathsLeadNowhere(string path)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        UriCreationOptions verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(studio.Address.GetLeftPart(UriPartial.Authority) + path, verbatim));
        using HttpResponseMessage answer = await studio.Client.SendAsync(request);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public void ALinkInsideTheRootsToAFileInsideThemIsFollowed()
    {
        string root = Directory.CreateTempSubdirectory("evoke-root-").FullName;
        string file = Path.Combine(root, "a.mp4");
        File.WriteAllText(file, "x");
        File.CreateSymbolicLink(Path.Combine(root, "b.mp4"), "a.mp4");
        new RootFolders([root]).Resolve("b.mp4").ShouldBe(RootFolders.RealPath(file));
        Directory.Delete(root, recursive: true);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningStudio studio, Action<HttpRequestMessage> change)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/status");
        change(request);
        using HttpResponseMessage answer = await studio.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
