using Evoke.Files;

namespace Evoke.Encoders.Onnx;

/// <summary>An ONNX file cannot be used as an encoder: it cannot be read, or its inputs and outputs do not fit what is known of them.</summary>
public sealed class OnnxModelException : EvokeException
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    /// <summary>Creates the error.</summary>
    /// <param name="path">The ONNX file, or the JSON beside it.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="innerException">The error behind it.</param>
    public OnnxModelException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
