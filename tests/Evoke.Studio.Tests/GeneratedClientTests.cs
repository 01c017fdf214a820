using System.Security;
using CliWrap;
using CliWrap.Buffered;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>A client in C# that Kiota generates from the served OpenAPI description, compiled by itself, against a running Studio.</summary>
public sealed class GeneratedClientTests
{
    private const string Kiota = "1.38.0";
    private const string KiotaLibraries = "2.1.6";

    private static readonly string[] s_libraries =
    [
        "Microsoft.Kiota.Abstractions", "Microsoft.Kiota.Http.HttpClientLibrary", "Microsoft.Kiota.Serialization.Form", "Microsoft.Kiota.Serialization.Json",
        "Microsoft.Kiota.Serialization.Multipart", "Microsoft.Kiota.Serialization.Text",
    ];

    private static readonly string s_project = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            {string.Concat(s_libraries.Select(name => $"""<PackageReference Include="{SecurityElement.Escape(name)}" Version="{KiotaLibraries}" />"""))}
          </ItemGroup>
        </Project>
        """;

    // Adds a film, waits for its analysis, reads the result, the curves and an export, and is refused once.
    private const string Program = """
        using Generated;
        using Generated.Models;
        using Microsoft.Kiota.Abstractions.Authentication;
        using Microsoft.Kiota.Http.HttpClientLibrary;

        using HttpClientRequestAdapter adapter = new(new AnonymousAuthenticationProvider()) { BaseUrl = args[0] };
        StudioClient studio = new(adapter);
        VideoView video = (await studio.Api.Videos.PostAsync(new AddPathRequest { Path = args[1] }))!.Single();
        JobRecord job = (await studio.Api.Videos[video.Id!].Analyses.PostAsync(new AnalyseRequest()))!;
        while (job.State is JobState.Queued or JobState.Running)
        {
            await Task.Delay(200);
            job = (await studio.Api.Jobs[job.Id!.Value].GetAsync())!;
        }

        video = (await studio.Api.Videos[video.Id!].GetAsync())!;
        Console.WriteLine($"{video.Name}: {video.DurationSeconds:0.0} s, {video.Width} x {video.Height}");
        ResultView result = (await studio.Api.Videos[video.Id!].Result.GetAsync())!;
        Stream curves = (await studio.Api.Videos[video.Id!].Curves.GetAsync())!;
        using MemoryStream bytes = new();
        await curves.CopyToAsync(bytes);
        Console.WriteLine($"{job.State}: {result.Rows} rows of {result.Scheme!.Count} emotions at {result.Rate} Hz, {bytes.Length} bytes");
        Console.WriteLine($"first mean {result.Details!.Summary![0].Mean:0.000}, first range {result.Ranges![0].Low} to {result.Ranges[0].High}");
        try
        {
            await studio.Api.Videos["none"].GetAsync();
        }
        catch (ProblemDetails problem)
        {
            Console.WriteLine($"{problem.Status}: {problem.Detail}");
        }
        """;

    [Fact(Explicit = true)]
    public async Task AGeneratedClientAddsAFilmAndReadsItsResult()
    {
        using TemporaryFolder folder = new();
        await RunAsync(folder, "dotnet", "new", "tool-manifest");
        BufferedCommandResult installed = await TryAsync(folder, "dotnet", "tool", "install", "Microsoft.OpenApi.Kiota", "--version", Kiota);
        Assert.SkipUnless(installed.ExitCode == 0, $"Kiota cannot be installed: {installed.StandardOutput}{installed.StandardError}");
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string film = Path.Combine(studio.Root, "film.mp4");
        File.Copy(await StudioFilms.EventfulAsync(), film);
        await File.WriteAllTextAsync(folder.File("api.json"), await studio.Client.GetStringAsync("/openapi/v1.json"));

        string generated = await RunAsync(
            folder, "dotnet", "kiota", "generate", "-l", "CSharp", "-d", "api.json", "-c", "StudioClient", "-n", "Generated", "-o", "client", "--ebc");
        generated.ShouldContain("Generation completed successfully");
        await File.WriteAllTextAsync(folder.File("client.csproj"), s_project);
        await File.WriteAllTextAsync(folder.File("Program.cs"), Program);
        string printed = await RunAsync(folder, "dotnet", "run", "-c", "Release", "--", studio.Address.GetLeftPart(UriPartial.Authority), film);

        printed.ShouldContain("film.mp4: 24.0 s, ");
        printed.ShouldMatch("Done: 144 rows of [0-9]+ emotions at 6 Hz, [0-9]+ bytes");
        printed.ShouldMatch("first mean 0[.][0-9]{3}, first range 0 to 1");
        printed.ShouldContain("404: There is no video 'none' in the library.");
    }

    private static async Task<string> RunAsync(TemporaryFolder folder, string program, params string[] arguments)
    {
        BufferedCommandResult run = await TryAsync(folder, program, arguments);
        run.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{run.StandardOutput}{run.StandardError}");
        return run.StandardOutput + run.StandardError;
    }

    private static async Task<BufferedCommandResult> TryAsync(TemporaryFolder folder, string program, params string[] arguments) =>
        await Cli.Wrap(program).WithArguments(arguments).WithWorkingDirectory(folder.Path).WithValidation(CommandResultValidation.None)
            .WithEnvironmentVariables(variables => variables.Set("KIOTA_OFFLINE_ENABLED", "true").Set("KIOTA_TUTORIAL_ENABLED", "false"))
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
}
