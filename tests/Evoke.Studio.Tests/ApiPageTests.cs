using System.Text.Json;
using System.Text.RegularExpressions;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>Compares docs/api.md with the API that Studio serves.</summary>
public sealed partial class ApiPageTests
{
    [Fact]
    public async Task ThePageShowsEveryCallOfTheServedApiAndNoOther()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using JsonDocument served = JsonDocument.Parse(await studio.Client.GetStringAsync("/openapi/v1.json"));
        string[] calls = [.. served.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {Placeholder().Replace(path.Name, "*")}"))];
        calls.Length.ShouldBeGreaterThan(15);
        Assert.SkipWhen(SourceTree.Root is null, "The tests run without their sources.");
        string page = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "api.md"));
        Documented(page).Distinct().Order(StringComparer.Ordinal).ShouldBe(calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryCallSaysWhatItDoes()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using JsonDocument served = JsonDocument.Parse(await studio.Client.GetStringAsync("/openapi/v1.json"));
        foreach (JsonProperty path in served.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty method in path.Value.EnumerateObject())
            {
                method.Value.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty($"{method.Name} {path.Name}");
                method.Value.GetProperty("operationId").GetString().ShouldNotBeNullOrEmpty($"{method.Name} {path.Name}");
            }
        }
    }

    /// <summary>What generated clients need: numbers are numbers, bytes are binary, and nothing is left without a type.</summary>
    [Fact]
    public async Task EverySchemaSaysWhatIsSent()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string text = await studio.Client.GetStringAsync("/openapi/v1.json");
        text.ShouldNotContain("Infinity");
        text.ShouldNotContain("\"format\": \"byte\"");
        using JsonDocument served = JsonDocument.Parse(text);
        JsonElement schemas = served.RootElement.GetProperty("components").GetProperty("schemas");
        foreach (JsonProperty schema in schemas.EnumerateObject().Where(schema => !schema.Name.StartsWith("SseItem", StringComparison.Ordinal)))
        {
            schema.Value.TryGetProperty("type", out _).ShouldBeTrue(schema.Name);
        }

        JsonElement result = schemas.GetProperty("ResultView").GetProperty("properties");
        result.GetProperty("durationSeconds").GetRawText().ShouldContain("\"number\"");
        JsonElement scores = schemas.GetProperty("ModelCard").GetProperty("properties").GetProperty("scores").GetProperty("additionalProperties");
        scores.GetProperty("type").EnumerateArray().Select(type => type.GetString()).ShouldBe(["null", "number"], ignoreOrder: true);
    }

    /// <summary>What the recommended rules of OpenAPI linters ask for.</summary>
    [Fact]
    public async Task TheDescriptionSaysErrorsTagsSecurityAndLicence()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using JsonDocument served = JsonDocument.Parse(await studio.Client.GetStringAsync("/openapi/v1.json"));
        JsonElement root = served.RootElement;
        root.GetProperty("info").GetProperty("license").GetProperty("name").GetString().ShouldBe("Apache-2.0");
        root.GetProperty("security").GetArrayLength().ShouldBe(2);
        root.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("scheme").GetString().ShouldBe("bearer");
        string[] tags = [.. root.GetProperty("tags").EnumerateArray().Where(tag => tag.GetProperty("description").GetString() != "")
            .Select(tag => tag.GetProperty("name").GetString()!)];
        foreach (JsonProperty method in root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()))
        {
            tags.ShouldContain(method.Value.GetProperty("tags").EnumerateArray().ShouldHaveSingleItem().GetString());
            JsonElement refusal = method.Value.GetProperty("responses").GetProperty("4XX").GetProperty("content").GetProperty("application/problem+json");
            refusal.GetProperty("schema").GetProperty("$ref").GetString().ShouldBe("#/components/schemas/ProblemDetails");
        }

        using HttpResponseMessage refused = await studio.Client.GetAsync("/api/videos/none");
        refused.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task TheDescriptionNamesEveryFormatOfAnExport()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using JsonDocument served = JsonDocument.Parse(await studio.Client.GetStringAsync("/openapi/v1.json"));
        JsonElement export = served.RootElement.GetProperty("paths").GetProperty("/api/videos/{id}/export/{format}").GetProperty("get");
        JsonElement format = export.GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "format");
        string[] named = [.. format.GetProperty("schema").GetProperty("enum").EnumerateArray().Select(name => name.GetString()!)];
        Match[] entries = [.. (IEnumerable<Match>)MenuEntry().Matches(await studio.Client.GetStringAsync("/dialogs.js"))];
        named.ShouldBe(entries.Select(entry => entry.Groups["format"].Value));
    }

    [Fact]
    public async Task EveryHintOfTheTakeAwayMenuIsInThePageToo()
    {
        Assert.SkipWhen(SourceTree.Root is null, "The tests run without their sources.");
        string page = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "api.md"));
        await using RunningStudio studio = await RunningStudio.StartAsync();
        Match[] entries = [.. (IEnumerable<Match>)MenuEntry().Matches(await studio.Client.GetStringAsync("/dialogs.js"))];
        entries.Length.ShouldBe(15);
        page.ShouldContain($"# Export: {string.Join(", ", entries.Select(entry => entry.Groups["format"].Value))}");
        foreach (Match entry in entries.Where(entry => entry.Groups["program"].Success))
        {
            string about = page.Split('\n').Single(line => line.Contains($"(`export/{entry.Groups["format"].Value}`)", StringComparison.Ordinal));
            about.ShouldContain(entry.Groups["program"].Value);
            about.ShouldContain(entry.Groups["way"].Value, Case.Insensitive);
        }
    }

    // ['edl', 'EDL markers', 'Open in DaVinci Resolve: Timelines › Import › …'],
    [GeneratedRegex(@"^  \['(?<format>\w+)', '[^']+', '(?:Open in (?<program>[^:']+): (?<way>[^']+)|[^']+)'\],$", RegexOptions.Multiline)]
    private static partial Regex MenuEntry();

    // curl [-X METHOD] … "$S/api/…": an upper-case word, a number and an export format stand for the path's parameters.
    private static IEnumerable<string> Documented(string page) => Curl().Matches(page).Select(curl =>
    {
        string method = curl.Groups["method"] is { Success: true } given ? given.Value : "GET";
        string path = curl.Groups["path"].Value;
        return $"{method} {Open().Replace(path, "/*").Replace("/export/edl", "/export/*", StringComparison.Ordinal)}";
    });

    [GeneratedRegex(@"^curl(?:.*?-X (?<method>[A-Z]+))?.*?""\$S(?<path>/api/[^""?]*)", RegexOptions.Multiline)]
    private static partial Regex Curl();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"/(?:[A-Z]+|\d+)(?=/|$)")]
    private static partial Regex Open();
}
