using System.Text;
using CliWrap;
using CliWrap.Buffered;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation;

/// <summary>The C# code in the documentation is part of a sample, which is built with the solution, or compiles as it stands.</summary>
public sealed class DocumentedCodeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)]
    public async Task EveryBlockCompiles()
    {
        string[] blocks = [.. DocumentedCommands.Pages.SelectMany(DocumentedCommands.CSharp).Distinct()];
        blocks.ShouldNotBeEmpty();
        string[] samples =
        [
            .. Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.cs", SearchOption.AllDirectories).Select(path => File.ReadAllText(path)),
        ];
        string references = string.Concat(
            Directory.GetFiles(AppContext.BaseDirectory, "Evoke.*.dll").Where(path => !Path.GetFileName(path).Contains("Test", StringComparison.Ordinal))
                .Append(Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll"))
                .Select(path => $"<Reference Include=\"{path}\" />"));
        string project =
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """;
        StringBuilder said = new();
        foreach ((int i, string block) in blocks.Where(block => !samples.Any(sample => sample.Contains(block, StringComparison.Ordinal))).Index())
        {
            string folder = Directory.CreateDirectory(_folder.File($"block{i}")).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "block.csproj"), project, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), block, TestContext.Current.CancellationToken);
            BufferedCommandResult result = await CliWrap.Cli.Wrap("dotnet").WithArguments(["build", "-v", "quiet", "-nologo"]).WithWorkingDirectory(folder)
                .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
            if (result.ExitCode != 0)
            {
                said.AppendLine(block).AppendLine(result.StandardOutput);
            }
        }

        said.ToString().ShouldBeEmpty();
    }
}
