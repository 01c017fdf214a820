using System.Net.Http.Json;
using System.Security.Cryptography;
using Evoke.Studio.Api;
using Evoke.Studio.Disk;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>A file that is in the library already is recognised by its content, whatever it is called.</summary>
public sealed class SameFileTests
{
    [Fact]
    public async Task AnUploadOfTheSameFileIsRefusedOrAddedAsAsked()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));
        string film = await StudioFilms.EventfulAsync();
        VideoView first = await studio.UploadAsync(film, "cut.mp4");
        byte[] bytes = await File.ReadAllBytesAsync(film, TestContext.Current.CancellationToken);
        (int status, string detail) = await studio.TryAsync(HttpMethod.Post, "/api/uploads?name=copy.mp4&same=refuse", new ByteArrayContent(bytes));
        (status, detail).ShouldBe((409, "'copy.mp4' is the same as 'cut.mp4', which is in the library already. To add it all the same, send same=add."));
        Directory.GetFiles(Path.Combine(studio.Data, "uploads")).ShouldHaveSingleItem();
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(bytes.Length);

        byte[] other = [.. bytes];
        other[bytes.Length / 3] ^= 1; // of the same size, and the same at its beginning, middle and end
        (await studio.TryAsync(HttpMethod.Post, "/api/uploads?name=other.mp4&same=refuse", new ByteArrayContent(other))).Status.ShouldBe(201);
        (await studio.TryAsync(HttpMethod.Post, "/api/uploads?name=copy.mp4&same=add", new ByteArrayContent(bytes))).Status.ShouldBe(201);
        (await studio.TryAsync(HttpMethod.Post, "/api/uploads?name=copy.mp4&same=perhaps", new ByteArrayContent(bytes))).Detail
            .ShouldBe("same must be add or refuse; found 'perhaps'.");

        string sample = await FileSample.OfAsync(film, TestContext.Current.CancellationToken);
        (await studio.GetAsync<VideoView[]>($"/api/same?bytes={bytes.Length}&sample={sample}")).ShouldContain(video => video.Id == first.Id);
        (await studio.GetAsync<VideoView[]>($"/api/same?bytes={bytes.Length}&sample={new string('0', 64)}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task AFolderWithTheSameFileReusesTheVideo()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));
        string film = await StudioFilms.EventfulAsync();
        VideoView first = await studio.UploadAsync(film, "cut.mp4");
        foreach (string name in new[] { "a.mp4", "b.mp4" })
        {
            File.Copy(film, Path.Combine(studio.Root, name));
        }

        async Task<VideoView[]> AddAsync(string? same)
        {
            using HttpResponseMessage answer = await studio.Client.PostAsJsonAsync("/api/videos", new AddPathRequest(studio.Root, Same: same));
            return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<VideoView[]>())!;
        }

        (await AddAsync("reuse")).ShouldHaveSingleItem().Id.ShouldBe(first.Id);
        (await AddAsync(null)).Select(video => video.Name).ShouldBe(["a.mp4", "b.mp4"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(3 << 16)]
    [InlineData((3 << 16) + 1)]
    [InlineData(5_000_000)]
    public async Task ASampleIsOfTheWholeOfASmallFileAndOfThreePartsOfALargeOne(int length)
    {
        using TemporaryFolder folder = new();
        byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 + i / 251))];
        await File.WriteAllBytesAsync(folder.File("a"), bytes, TestContext.Current.CancellationToken);
        const int Part = 1 << 16;
        byte[] sampled = length <= 3 * Part ? bytes : [.. bytes[..Part], .. bytes.AsSpan((length - Part) / 2, Part), .. bytes[^Part..]];
        (await FileSample.OfAsync(folder.File("a"), TestContext.Current.CancellationToken)).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(sampled)));
    }
}
