using Evoke.Files;

namespace Evoke.Tensors;

/// <summary>The base of every error about a file of tensors: one derived type per cause.</summary>
public abstract class TensorFileException : EvokeException
{
    /// <summary>Creates an error about the file at <paramref name="path"/>; the message starts with the path.</summary>
    protected TensorFileException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}

/// <summary>The file does not exist or cannot be read.</summary>
public sealed class UnreadableTensorFileException(string path, string problem, Exception? innerException = null)
    : TensorFileException(path, problem, innerException);

/// <summary>The content is of no supported format.</summary>
public sealed class UnknownTensorFormatException(string path, string problem) : TensorFileException(path, problem);

/// <summary>The file ends before the data that it declares.</summary>
public sealed class TruncatedTensorFileException(string path, string problem, Exception? innerException = null)
    : TensorFileException(path, problem, innerException);

/// <summary>The file contradicts its format or itself: a wrong header, offsets out of range or overlapping, a damaged stream.</summary>
public sealed class MalformedTensorFileException(string path, string problem, Exception? innerException = null)
    : TensorFileException(path, problem, innerException);

/// <summary>A tensor has an unsupported element type.</summary>
public sealed class UnsupportedDTypeException(string path, string problem) : TensorFileException(path, problem);

/// <summary>The file asks for more memory than its size and kind justify, as a zip bomb does.</summary>
public sealed class TensorFileLimitException(string path, string problem) : TensorFileException(path, problem);

/// <summary>The file does not have the requested tensor.</summary>
public sealed class MissingTensorException(string path, string tensorName, string problem) : TensorFileException(path, problem)
{
    /// <summary>The requested name.</summary>
    public string TensorName { get; } = tensorName;
}

/// <summary>A pickle names a class or function that is neither a tensor nor plain data. None of it was run.</summary>
public sealed class ForbiddenPickleException(string path, string globalName, string problem) : TensorFileException(path, problem)
{
    /// <summary>What the pickle names, for example "os.system".</summary>
    public string GlobalName { get; } = globalName;
}
