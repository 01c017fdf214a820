using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Evoke.Studio.Api;

namespace Evoke.Studio.Tests;

/// <summary>Every part of every request missing, null, of the wrong type, too long or unknown: problem details that name it.</summary>
public sealed class BadRequestTests
{
    [Fact]
    public async Task WhatIsWrongWithARequestIsSaid()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));
        string film = Path.Combine(studio.Root, "a.mp4"), other = Path.Combine(studio.Root, "b.mp4");
        await File.WriteAllTextAsync(film, "x", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(other, "x", TestContext.Current.CancellationToken);
        string id = (await studio.AddAsync(film)).Single().Id;
        string many = new('x', 100_000);
        (string Request, string? Body, int Status, string Said)[] cases =
        [
            ("POST /api/videos", null, 400, "JSON object"),
            ("POST /api/videos", "null", 400, "JSON object"),
            ("POST /api/videos", "[]", 400, "JSON object"),
            ("POST /api/videos", "{", 400, "JSON object"),
            ("POST /api/videos", "{}", 400, "path is missing"),
            ("POST /api/videos", """{"path": null}""", 400, "path is missing"),
            ("POST /api/videos", """{"path": 5}""", 400, "at path"),
            ("POST /api/videos", """{"path": ["a.mp4"]}""", 400, "at path"),
            ("POST /api/videos", """{"path": ""}""", 400, "must not be empty"),
            ("POST /api/videos", """{"path": "a\u0000"}""", 400, "NUL"),
            ("POST /api/videos", """{"path": "\ud800"}""", 400, "at path"),
            ("POST /api/videos", $$"""{"path": "{{many}}"}""", 404, "xxx…"),
            ("POST /api/videos", """{"path": "b.mp4", "model": 5}""", 400, "at model"),
            ("POST /api/videos", """{"path": "b.mp4", "model": "gone"}""", 404, "'gone'"),
            ("POST /api/videos", $$"""{"path": "b.mp4", "model": "{{many}}"}""", 404, "xxx…"),
            ("POST /api/uploads", "x", 400, "name"),
            ("POST /api/uploads?name=", "x", 400, "name"),
            ("POST /api/uploads?name=c.mp4&model=gone", "x", 404, "'gone'"),
            ($"POST /api/videos/{id}/analyses", null, 400, "JSON object"),
            ($"POST /api/videos/{id}/analyses", "null", 400, "JSON object"),
            ($"POST /api/videos/{id}/analyses", """{"model": {}}""", 400, "at model"),
            ($"POST /api/videos/{id}/analyses", """{"model": "gone"}""", 404, "'gone'"),
            ("POST /api/videos/gone/analyses", "{}", 404, "gone"),
            ("POST /api/videos/gone/preview", null, 404, "gone"),
            ("POST /api/jobs/999/cancel", null, 404, "999"),
            ("POST /api/jobs/999/retry", null, 404, "999"),
            ("GET /api/jobs/999", null, 404, "999"),
            ("GET /api/jobs?state=asleep", null, 400, "'asleep'"),
            ("GET /api/jobs?order=up", null, 400, "'up'"),
            ("GET /api/jobs?limit=0", null, 400, "found 0"),
            ("GET /api/jobs?limit=many", null, 400, "The parameter 'limit' cannot be 'many'"),
            ($"GET /api/jobs?limit={many[..1000]}", null, 400, "xxx…"),
            ("GET /api/jobs?after=soon", null, 400, "after"),
            ("POST /api/analyses", null, 400, "JSON object"),
            ("POST /api/analyses", """{"videos": []}""", 400, "ids are missing"),
            ("POST /api/analyses", """{"videos": ["gone"]}""", 404, "gone"),
            ("POST /api/analyses", """{"videos": [5]}""", 400, "at videos"),
            ("POST /api/analyses", """{"model": "gone"}""", 404, "'gone'"),
            ("POST /api/tags", "{}", 400, "ids are missing"),
            ("POST /api/tags", """{"videos": [null]}""", 400, "ids are missing"),
            ("POST /api/tags", """{"videos": ["gone"], "add": ["a"]}""", 404, "gone"),
            ("POST /api/tags", $$"""{"videos": ["{{id}}"], "add": [""]}""", 400, "1 to 50 characters"),
            ("POST /api/tags", $$"""{"videos": ["{{id}}"], "add": [null]}""", 400, "1 to 50 characters"),
            ("POST /api/tags", $$"""{"videos": ["{{id}}"], "remove": ["{{many}}"]}""", 400, "xxx…"),
            ("POST /api/removed", "{}", 400, "ids are missing"),
            ("POST /api/removed", $$"""{"videos": ["{{id}}", "gone"]}""", 404, "gone"),
            ("POST /api/removed/restore", "{}", 400, "ids are missing"),
            ("POST /api/removed/restore", $$"""{"videos": ["{{id}}"]}""", 404, id),
            ($"PATCH /api/videos/{id}", null, 400, "JSON object"),
            ($"PATCH /api/videos/{id}", """{"name": " "}""", 400, "1 to 200 characters"),
            ($"PATCH /api/videos/{id}", """{"tags": "a"}""", 400, "at tags"),
            ("PATCH /api/videos/gone", "{}", 404, "gone"),
            ("POST /api/uploads?name=c.mp4&same=perhaps", "x", 400, "'perhaps'"),
            ("POST /api/videos", """{"path": "b.mp4", "same": "perhaps"}""", 400, "'perhaps'"),
            ("GET /api/same?sample=0", null, 400, "bytes"),
            ("GET /api/export?formats=exe", null, 400, "'exe'"),
            ("GET /api/export?videos=gone", null, 404, "gone"),
            ("GET /api/export", null, 404, "None of these videos"),
            ("GET /api/scores?videos=", null, 400, "ids are missing"),
            ("GET /api/scores?model=gone", null, 404, "'gone'"),
            ("GET /api/scores.csv?videos=gone", null, 404, "gone"),
            ("GET /api/videos?sort=colour", null, 400, "'colour'"),
            ("GET /api/videos?order=up", null, 400, "'up'"),
            ("GET /api/videos?sort=mean", null, 400, "emotion"),
            ("GET /api/videos/gone", null, 404, "gone"),
            ("DELETE /api/videos/gone", null, 404, "gone"),
            ($"DELETE /api/videos/{id}?file=perhaps", null, 400, "file"),
            ($"GET /api/videos/{id}/result?model=gone", null, 404, "'gone'"),
            ("GET /api/videos/gone/curves", null, 404, "gone"),
            ($"GET /api/videos/{id}/thumbnail", null, 400, "at"),
            ($"GET /api/videos/{id}/thumbnail?at=soon", null, 400, "at"),
            ($"GET /api/videos/{id}/thumbnail?at=NaN", null, 400, "0 seconds or more"),
            ($"GET /api/videos/{id}/thumbnail?at=1&width=9999999999", null, 400, "width"),
            ($"GET /api/videos/{id}/export/exe", null, 404, "no result"),
            ("GET /api/compare", null, 400, "first"),
            ($"GET /api/compare?first={id}&second=gone", null, 404, "no result"),
            ("GET /api/folders?path=", null, 400, "must not be empty"),
            ($"GET /api/folders?path={many[..4000]}", null, 404, "xxx…"),
        ];

        foreach ((string request, string? body, int status, string said) in cases)
        {
            string what = $"{request} {body?[..Math.Min(60, body.Length)]}";
            string[] parts = request.Split(' ');
            string type = request.Contains("uploads", StringComparison.Ordinal) ? "application/octet-stream" : "application/json";
            using StringContent? content = body is null ? null : new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
            using HttpRequestMessage message = new(new HttpMethod(parts[0]), parts[1]) { Content = content };
            using HttpResponseMessage response = await studio.Client.SendAsync(message, TestContext.Current.CancellationToken);
            string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            ((int)response.StatusCode).ShouldBe(status, $"{what}: {text[..Math.Min(500, text.Length)]}");
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", what);
            string detail = JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString()!;
            detail.ShouldContain(said, customMessage: what);
            detail.ShouldNotContain("bind", customMessage: what);
            detail.ShouldNotContain("Required parameter", customMessage: what);
            detail.Length.ShouldBeLessThan(400, what);
        }

        (await studio.GetAsync<VideoView[]>("/api/videos")).Select(video => video.Id).ShouldBe([id], "no request has added anything");
        Directory.GetFiles(Path.Combine(studio.Data, "uploads")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ABodyOfAnotherKindIsRefused()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));
        using StringContent text = new("""{"path": "a.mp4"}""", Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));
        (int status, string detail) = await studio.TryAsync(HttpMethod.Post, "/api/videos", text);
        (status, detail).ShouldBe((415, "The body of this call must be application/json; that of an upload, application/octet-stream."));
        (await studio.TryAsync(HttpMethod.Get, "/api/nothing")).Detail.ShouldContain("'/api/nothing'");
        (await studio.TryAsync(HttpMethod.Put, "/api/status")).Status.ShouldBe(405);
    }
}
