using System.CommandLine;

namespace Evoke.Cli.Verbs;

/// <summary>What a path of the command line is for.</summary>
internal enum PathRole
{
    /// <summary>A file that is read.</summary>
    InputFile,

    /// <summary>A folder that is read.</summary>
    InputFolder,

    /// <summary>A file that is written.</summary>
    OutputFile,

    /// <summary>A folder that is written to.</summary>
    OutputFolder,
}

/// <summary>An option or argument that takes paths.</summary>
internal interface IPathSymbol
{
    /// <summary>What they are for.</summary>
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

/// <summary>Finds folders where files belong, and files where folders do.</summary>
internal static class PathSymbols
{
    /// <summary>A sentence for each path of a command line that is of the wrong kind. That there is something at all is for its reader to say.</summary>
    public static IEnumerable<string> FindMistakes(ParseResult parsed)
    {
        Command verb = parsed.CommandResult.Command;
        return from symbol in verb.Arguments.Concat<Symbol>(verb.Options)
               where symbol is IPathSymbol
               let wantsFile = ((IPathSymbol)symbol).Role is PathRole.InputFile or PathRole.OutputFile
               from token in parsed.GetResult(symbol)?.Tokens ?? []
               where wantsFile ? Directory.Exists(token.Value) : File.Exists(token.Value)
               select wantsFile ? $"{symbol.Name} takes a file; '{token.Value}' is a folder." : $"{symbol.Name} takes a folder; '{token.Value}' is a file.";
    }
}
