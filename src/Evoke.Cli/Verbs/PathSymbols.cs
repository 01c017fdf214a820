using System.CommandLine;
using System.CommandLine.Parsing;

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

/// <summary>An option that takes the path of a file or of a folder, and refuses the one where the other belongs.</summary>
internal sealed class PathOption<T> : Option<T>, IPathSymbol
{
    public PathOption(string name, PathRole role)
        : base(name)
    {
        Role = role;
        Validators.Add(result => PathSymbols.Check(result, name, role));
    }

    public PathRole Role { get; }
}

/// <summary>An argument that takes the path of a file or of a folder, and refuses the one where the other belongs.</summary>
internal sealed class PathArgument<T> : Argument<T>, IPathSymbol
{
    public PathArgument(string name, PathRole role)
        : base(name)
    {
        Role = role;
        Validators.Add(result => PathSymbols.Check(result, name, role));
    }

    public PathRole Role { get; }
}

/// <summary>What both have in common.</summary>
internal static class PathSymbols
{
    /// <summary>Refuses a folder where a file belongs, and a file where a folder does. That there is something at all is for its reader to say.</summary>
    public static void Check(SymbolResult result, string name, PathRole role)
    {
        bool wantsFile = role is PathRole.InputFile or PathRole.OutputFile;
        foreach (string path in result.Tokens.Select(token => token.Value))
        {
            if (wantsFile && Directory.Exists(path))
            {
                result.AddError($"{name} takes a file; '{path}' is a folder.");
            }
            else if (!wantsFile && File.Exists(path))
            {
                result.AddError($"{name} takes a folder; '{path}' is a file.");
            }
        }
    }
}
