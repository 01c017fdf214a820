using System.Reflection;

namespace Evoke.Encoders.Onnx;

/// <summary>Which keys of a description mean something for which kind of network.</summary>
internal static class OnnxKeys
{
    private static readonly string[] s_ofAll =
    [
        nameof(OnnxDescription.Schema), nameof(OnnxDescription.Kind), nameof(OnnxDescription.Input), nameof(OnnxDescription.Output),
        nameof(OnnxDescription.Constants), nameof(OnnxDescription.Pooling), nameof(OnnxDescription.L2), nameof(OnnxDescription.Title),
        nameof(OnnxDescription.Licence), nameof(OnnxDescription.Source),
    ];

    private static readonly string[] s_ofPictures =
    [
        nameof(OnnxDescription.Axes), nameof(OnnxDescription.Width), nameof(OnnxDescription.Height),
        nameof(OnnxDescription.ShortSide), nameof(OnnxDescription.Range), nameof(OnnxDescription.Mean), nameof(OnnxDescription.Std),
    ];

    private static readonly string[] s_ofSound =
    [
        nameof(OnnxDescription.State), nameof(OnnxDescription.Place), nameof(OnnxDescription.SampleRate), nameof(OnnxDescription.HopSeconds),
        nameof(OnnxDescription.WithinStep), nameof(OnnxDescription.Gain),
    ];

    /// <summary>True if the key means something.</summary>
    /// <param name="kind">The kind of network.</param>
    /// <param name="property">A property of <see cref="OnnxDescription"/>.</param>
    public static bool Has(OnnxKind kind, string property) => s_ofAll.Contains(property) || OwnOf(kind).Contains(property);

    /// <summary>Names keys that are given and mean nothing for this kind of network.</summary>
    public static void RefuseIdle(OnnxDescription description, OnnxKind kind, OnnxMistakes mistakes)
    {
        foreach (PropertyInfo property in typeof(OnnxDescription).GetProperties())
        {
            if (property.GetValue(description) is not null && !Has(kind, property.Name))
            {
                string kinds = string.Join(" or ", Enum.GetValues<OnnxKind>().Where(other => Has(other, property.Name)).Select(OnnxSidecar.NameOf));
                mistakes.AddKey(OnnxSidecar.KeyOf(property), $"it is for {kinds}; this network takes {OnnxSidecar.NameOf(kind)}.");
            }
        }
    }

    /// <summary>Names a number that is out of its range.</summary>
    public static void CheckRange(string key, double? value, double least, double most, OnnxMistakes mistakes)
    {
        if (value is { } number && !(number >= least && number <= most))
        {
            mistakes.AddKey(key, FormattableString.Invariant($"expected a number from {least} to {most}; found {number}."));
        }
    }

    /// <summary>Names a factor that leaves nothing, or is no number.</summary>
    public static void CheckFactor(string key, float? value, OnnxMistakes mistakes)
    {
        if (value is { } factor && (factor == 0 || !float.IsFinite(factor)))
        {
            mistakes.AddKey(key, FormattableString.Invariant($"expected a number other than 0; found {factor}."));
        }
    }

    private static IEnumerable<string> OwnOf(OnnxKind kind) => kind switch
    {
        OnnxKind.Pictures => s_ofPictures.Append(nameof(OnnxDescription.Layout)),
        OnnxKind.Clips => [.. s_ofPictures, nameof(OnnxDescription.Frames), nameof(OnnxDescription.FrameRate), nameof(OnnxDescription.Place)],
        OnnxKind.Wave =>
        [
            .. s_ofSound, nameof(OnnxDescription.WindowSeconds), nameof(OnnxDescription.ContextSeconds), nameof(OnnxDescription.Standardise),
        ],
        _ =>
        [
            .. s_ofSound, nameof(OnnxDescription.Axes), nameof(OnnxDescription.FrontEnd), nameof(OnnxDescription.Spectrogram),
            nameof(OnnxDescription.LogOffset),
        ],
    };
}
