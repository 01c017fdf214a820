using System.Text.Json;

namespace Evoke.Encoders.Onnx;

/// <summary>
/// Everything that determines a network's features besides its files, as one line in <see cref="Features.EncoderIdentity.Settings"/>: a description with
/// nothing left open. A model keeps the line, so that it needs no JSON file beside the network.
/// </summary>
/// <remarks>Two older forms of the line are read and, where they say everything, still written: <see cref="OnnxPictureLine"/>, <see cref="OnnxPatchLine"/>.
/// </remarks>
internal static class OnnxSettings
{
    /// <summary>The line of a description in which nothing is left open.</summary>
    public static string Write(OnnxDescription resolved)
    {
        OnnxDescription essential = resolved with { Schema = null, Title = null, Licence = null, Source = null };
        return OnnxPictureLine.TryWrite(essential) ?? OnnxPatchLine.TryWrite(essential) ?? JsonSerializer.Serialize(essential, OnnxSidecar.Form);
    }

    /// <summary>The description that a line stands for; null if it is none.</summary>
    public static OnnxDescription? Parse(string? line)
    {
        if (line is null || !line.StartsWith('{'))
        {
            return OnnxPictureLine.Parse(line) ?? OnnxPatchLine.Parse(line);
        }

        try
        {
            return JsonSerializer.Deserialize<OnnxDescription>(line, OnnxSidecar.Form);
        }
        catch (JsonException)
        {
            return null; // A line of a later version: the encoder is then another one, and is refused as such.
        }
    }
}
