namespace Evoke.Tensors.Pth;

/// <summary>How files of other programs are read.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record WeightFileOptions
{
    /// <summary>
    /// What to do with a class in a PyTorch checkpoint that is neither a tensor nor among the plain data known to be stored next to weights
    /// (epoch, scores, arguments). Nothing is ever run or constructed by name either way.
    /// </summary>
    public UnknownClasses UnknownClasses { get; init; } = UnknownClasses.Refuse;

    /// <summary>True to strip "module." from the names if all have it: DataParallel adds it.</summary>
    public bool StripModulePrefix { get; init; } = true;

    /// <summary>Refuse unknown classes, strip "module.".</summary>
    public static WeightFileOptions Default { get; } = new();
}

/// <summary>What to do with a class in a pickle that this reader does not know.</summary>
public enum UnknownClasses
{
    /// <summary>The file is refused, and the class named.</summary>
    Refuse,

    /// <summary>
    /// It becomes an inert object that only has a name, if it lies outside the tensors' dictionary; within it, it is still refused. Names that can
    /// run code ("os.system", "builtins.eval") are refused in any case.
    /// </summary>
    Inert,
}
