namespace Evoke.Encoders.Onnx;

/// <summary>What follows "onnx:" in an encoder's name: FILE[#OUTPUT].</summary>
/// <param name="Path">The ONNX file.</param>
/// <param name="Output">The output's name; null if none was given.</param>
internal readonly record struct OnnxReference(string Path, string? Output)
{
    /// <summary>Splits at the last #; <paramref name="fileAtHand"/>, if given, replaces the named file.</summary>
    public static OnnxReference Parse(string argument, string? fileAtHand)
    {
        int mark = argument.LastIndexOf('#');
        (string path, string? output) = mark < 0 ? (argument, null) : (argument[..mark], argument[(mark + 1)..]);
        return new OnnxReference(fileAtHand ?? path, string.IsNullOrEmpty(output) ? null : output);
    }
}
