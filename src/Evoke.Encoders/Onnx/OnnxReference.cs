namespace Evoke.Encoders.Onnx;

/// <summary>Which network a request means: what follows "onnx:" in an encoder's name, FILE[#OUTPUT], and what the options say instead.</summary>
/// <param name="Path">The ONNX file.</param>
/// <param name="Output">The output's name; null if none was given.</param>
/// <param name="Name">The encoder's name in identities: "onnx:" and the file's name as it was requested, or as a model knows it.</param>
/// <param name="Shapes">What a preset expects of the file; null for a file of the user's own.</param>
internal readonly record struct OnnxReference(string Path, string? Output, string Name, OnnxShapes? Shapes = null)
{
    private const string Prefix = "onnx:";

    /// <summary>The encoder's name for a file.</summary>
    public static string NameOf(string path) => $"{Prefix}{System.IO.Path.GetFileName(path)}";

    /// <summary>Finds the network of a request.</summary>
    /// <param name="request">FILE[#OUTPUT] after the colon; <see cref="EncoderOptions.WeightsFile"/>, of the same form, goes before it.</param>
    /// <param name="option">The option of the command line that names another file, for the error.</param>
    /// <exception cref="OnnxModelException">A model needs the network, and it is not where its name says nor in the model's folder.</exception>
    public static OnnxReference Find(EncoderRequest request, string option)
    {
        (string named, string? namedOutput) = Split(request.Argument);
        EncoderOptions options = request.Options;
        string name = options.Trained is { Name: var known } && known.StartsWith(Prefix, StringComparison.Ordinal) ? known : NameOf(named);
        if (options.WeightsFile is { } atHand)
        {
            (string path, string? output) = Split(atHand);
            return new OnnxReference(path, output ?? namedOutput, name);
        }

        if (options.Trained is not { } trained || File.Exists(named))
        {
            return new OnnxReference(named, namedOutput, name);
        }

        string? besideModel = options.ModelFolder is { } folder ? System.IO.Path.Combine(folder, System.IO.Path.GetFileName(named)) : null;
        return File.Exists(besideModel)
            ? new OnnxReference(besideModel, namedOutput, name)
            : throw new OnnxModelException(
                named,
                $"there is no such file here. The model takes the features of {trained}: name its file with {option} FILE, or copy it beside the model.");
    }

    /// <summary>Divides FILE#OUTPUT at the last #, unless that is part of a file's name.</summary>
    public static (string Path, string? Output) Split(string text)
    {
        int mark = File.Exists(text) ? -1 : text.LastIndexOf('#');
        return mark < 0 ? (text, null) : (text[..mark], mark + 1 < text.Length ? text[(mark + 1)..] : null);
    }
}
