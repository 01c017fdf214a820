using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation;

/// <summary>The C# code in the documentation is part of a sample, which is built with the solution, or compiles as it stands.</summary>
public sealed partial class DocumentedCodeTests : IDisposable
{
    private static readonly string[] s_libraries =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "Evoke.*.dll").Where(path => !Path.GetFileName(path).Contains("Test", StringComparison.Ordinal)),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)]
    public async Task EveryBlockOfAPageAndEveryExampleOfTheReferenceCompiles()
    {
        string[] samples =
        [
            .. Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.cs", SearchOption.AllDirectories).Select(path => File.ReadAllText(path)),
        ];
        string[] blocks =
        [
            .. DocumentedCommands.Pages.SelectMany(DocumentedCommands.CSharp).Distinct()
                .Where(block => !samples.Any(sample => sample.Contains(block, StringComparison.Ordinal))),
        ];
        string[] examples = [.. Examples()];
        blocks.ShouldNotBeEmpty();
        examples.ShouldNotBeEmpty();

        // A page's block has its own using lines; the reference shows the namespace of each type.
        foreach ((int i, string code) in blocks.Concat(examples.Select(example => Namespaces() + example)).Index())
        {
            await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"Block{i}.cs"), InAMethod(code, i));
        }

        string references = string.Concat(
            s_libraries.Append(Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll")).Select(path => $"<Reference Include=\"{path}\" />"));
        await WriteAsync("blocks.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """);
        BufferedCommandResult result = await CliWrap.Cli.Wrap("dotnet").WithArguments(["build", "-v", "quiet", "-nologo"]).WithWorkingDirectory(_folder.Path)
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        result.ExitCode.ShouldBe(0, $"{result.StandardOutput}\n{string.Join("\n---\n", blocks.Concat(examples))}");
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(_folder.File(name), text, TestContext.Current.CancellationToken);

    private static string InAMethod(string code, int number)
    {
        string[] lines = code.Split('\n');
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {{string.Join('\n', lines.Where(line => UsingLine().IsMatch(line)))}}
            internal static class Block{{number}}
            {
                internal static async Task RunAsync()
                {
                    await Task.CompletedTask;
            {{string.Join('\n', lines.Where(line => !UsingLine().IsMatch(line)))}}
                }
            }
            """);
    }

    private static IEnumerable<string> Examples() =>
        from file in Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        from example in Example().Matches(File.ReadAllText(file))
        select WebUtility.HtmlDecode(CommentMark().Replace(example.Groups[1].Value, ""));

    private static string Namespaces() => string.Concat(
        s_libraries.SelectMany(path => Assembly.LoadFrom(path).GetExportedTypes()).Select(type => type.Namespace).OfType<string>().Distinct()
            .Select(name => $"using {name};\n"));

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex UsingLine();

    [GeneratedRegex("/// <code>\n(.*?)/// </code>", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^ */// ?", RegexOptions.Multiline)]
    private static partial Regex CommentMark();
}
