using Evoke.Files;
using Evoke.Heads.Networks;

namespace Evoke.Heads.ModelFiles;

/// <summary>The base of every error about a model file; the message starts with the file.</summary>
public abstract class ModelFileException : EvokeException
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    private protected ModelFileException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}

/// <summary>The file holds tensors but is not an Evoke model.</summary>
public sealed class NotAModelFileException(string path, string problem) : ModelFileException(path, problem);

/// <summary>The file has a version that this program does not read.</summary>
public sealed class ModelFileVersionException(string path, string problem) : ModelFileException(path, problem);

/// <summary>The description in the file cannot be read or contradicts itself; the message lists every mistake.</summary>
public sealed class ModelDescriptionException(string path, string problem, Exception? innerException = null)
    : ModelFileException(path, problem, innerException);

/// <summary>Tensors of the file are missing, unexpected, or of another shape or type than its description says; the message lists them.</summary>
public sealed class ModelTensorsException(string path, string problem) : ModelFileException(path, problem);

/// <summary>A checkpoint of another program does not hold a known head.</summary>
public sealed class UnknownHeadException(string path, string problem) : ModelFileException(path, problem);

/// <summary>The file names a head that the program has not registered.</summary>
/// <param name="path">The file.</param>
/// <param name="kind">The head that it names.</param>
/// <param name="heads">The heads that the program knows.</param>
public sealed class UnknownHeadKindException(string path, string kind, HeadCatalog heads) : ModelFileException(
    path,
    $"its head is '{kind}', which this program does not know; known heads: {string.Join(", ", heads.Entries.Select(entry => entry.Kind))}. "
    + "If it is a head of your own, use a program that registers it: HeadModelOptions.Heads = HeadCatalog.Default.With<…>(…), "
    + "or TrainingCatalog.WithHead for the command line (docs/extending.md).")
{
    /// <summary>The head that the file names.</summary>
    public string Kind => kind;
}

/// <summary>Models for one ensemble do not fit together; the message says how they differ.</summary>
public sealed class EnsembleMismatchException(string path, string problem) : ModelFileException(path, problem);
