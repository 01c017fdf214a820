using System.CommandLine;

namespace Evoke.Cli.Verbs;

/// <summary>The role of a path on the command line.</summary>
internal enum PathRole
{
    /// <summary>A file that is read.</summary>
    InputFile,

    /// <summary>A folder that is read.</summary>
    InputFolder,

    /// <summary>A file or a folder that is read.</summary>
    InputFileOrFolder,

    /// <summary>A file that is written.</summary>
    OutputFile,

    /// <summary>A folder that is written to.</summary>
    OutputFolder,
}

/// <summary>An option or argument that takes paths.</summary>
internal interface IPathSymbol
{
    /// <summary>The role of the paths.</summary>
    PathRole Role { get; }
}

/// <summary>An option that takes paths of files or of folders.</summary>
internal sealed class PathOption<T>(string name, PathRole role) : Option<T>(name), IPathSymbol
{
    public PathRole Role => role;
}

/// <summary>An argument that takes paths of files or of folders.</summary>
internal sealed class PathArgument<T>(string name, PathRole role) : Argument<T>(name), IPathSymbol
{
    public PathRole Role => role;
}

/// <summary>Finds folders given in place of files, and files given in place of folders.</summary>
internal static class PathSymbols
{
    /// <summary>One sentence for each path of the wrong kind. Whether a path exists is checked by the code that reads it.</summary>
    public static IEnumerable<string> FindMistakes(ParseResult parsed)
    {
        Command verb = parsed.CommandResult.Command;
        return from symbol in verb.Arguments.Concat<Symbol>(verb.Options)
               where symbol is IPathSymbol { Role: not PathRole.InputFileOrFolder }
               let wantsFile = ((IPathSymbol)symbol).Role is PathRole.InputFile or PathRole.OutputFile
               from token in parsed.GetResult(symbol)?.Tokens ?? []
               where wantsFile ? Directory.Exists(token.Value) : File.Exists(token.Value)
               select wantsFile ? $"{symbol.Name} takes a file; '{token.Value}' is a folder." : $"{symbol.Name} takes a folder; '{token.Value}' is a file.";
    }
}
