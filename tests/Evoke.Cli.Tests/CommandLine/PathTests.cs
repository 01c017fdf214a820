using System.CommandLine;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Testing;

namespace Evoke.Cli.Tests.CommandLine;

/// <summary>A folder in place of a file, and a file in place of a folder, are reported as such.</summary>
public sealed class PathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Verbs => AllVerbs.Verbs;

    [Theory]
    [MemberData(nameof(Verbs))]
    public void TheOneIsNotTakenForTheOther(string words)
    {
        string file = _folder.File("file");
        File.WriteAllText(file, "");
        Command verb = AllVerbs.Find(words);
        foreach (Symbol symbol in verb.Options.Concat<Symbol>(verb.Arguments).Where(
            symbol => symbol is IPathSymbol { Role: not PathRole.InputFileOrFolder }))
        {
            bool wantsFile = ((IPathSymbol)symbol).Role is PathRole.InputFile or PathRole.OutputFile;
            string wrong = wantsFile ? _folder.Path : file;
            string[] value = symbol is Option ? [symbol.Name, wrong] : [wrong];

            EvokeCommandLine.Parse([.. AllVerbs.Split(words), .. value]).Mistakes
                .ShouldContain($"{symbol.Name} takes a {(wantsFile ? "file" : "folder")}; '{wrong}' is a {(wantsFile ? "folder" : "file")}.");
        }
    }

    /// <summary>Options that name files without being marked as such: a name or a file, a folder or a file.</summary>
    [Theory]
    [MemberData(nameof(Verbs))]
    public void WhatTakesFilesIsMarkedSo(string words)
    {
        string[] either = ["--model", "--recipe", "--visual", "--audio"];

        AllVerbs.Find(words).Options.Where(
            option => option is not IPathSymbol && !either.Contains(option.Name) && option.HelpName is "FILE" or "DIR" or "FOLDER" or "CSV" or "RUN")
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("predict film.mp4 --model FOLDER", "is not a model: expected 'affect' or 'pitch-valence' or the path of a model file; this is a folder")]
    [InlineData("evaluate --labels l.csv --model FOLDER --features f", "this is a folder; a training run's model is the file best.safetensors in it")]
    [InlineData("submission --test-csv t.csv --model FOLDER --features f --out x", "this is a folder")]
    [InlineData("extract film.mp4 --visual onnx:FOLDER --audio none --out x", "this is a folder; expected an ONNX file")]
    [InlineData("train --train-labels t.csv --val-labels v.csv --features f --out x --recipe FOLDER", "this is a folder; expected a YAML file")]
    public async Task ANameOrFileThatIsAFolderIsSaidToBeOne(string line, string said)
    {
        await File.WriteAllTextAsync(_folder.File("l.csv"), "Video ID,Timestamp (milliseconds),joy\na,0,0.5\n", TestContext.Current.CancellationToken);
        string[] arguments =
        [
            .. line.Split(' ').Select(part => part is "x" or "l.csv" ? _folder.File(part) : part.Replace("FOLDER", _folder.Path, StringComparison.Ordinal)),
        ];

        CommandResult result = await CommandResult.OfAsync(arguments);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
    }
}
