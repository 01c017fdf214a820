using System.Globalization;
using Evoke.Heads.Networks;
using Evoke.Kernels.Parameters;

namespace Evoke.Heads.ModelFiles;

/// <summary>Derives a recurrent head's config from the shapes of its tensors.</summary>
internal static class HeadShapes
{
    private const int NamesInMessages = 8;

    /// <summary>The head whose tensors these are: EmoBase if it has three branches, else the paper's.</summary>
    /// <exception cref="UnknownHeadException">They lack even the names that identify a head.</exception>
    public static HeadConfig Infer(IStateDict tensors, string source)
    {
        bool emoBase = tensors.Contains("linear1.weight");
        string output = emoBase ? "linear1.weight" : "linear.weight";
        RecurrentShape? visual = Find(tensors, RecurrentHead.VisualName);
        RecurrentShape? audio = Find(tensors, RecurrentHead.AudioName);
        if ((visual ?? audio) is not { } any || !tensors.Contains(output) || tensors.ShapeOf(output).Count != 2)
        {
            throw new UnknownHeadException(
                source,
                $"its tensors are not a head of the paper's authors: expected {RecurrentHead.VisualName}.weight_ih_l0 or "
                + $"{RecurrentHead.AudioName}.weight_ih_l0, and {output} of two dimensions; "
                + $"found {tensors.Names.Count} tensors: {string.Join(", ", tensors.Names.Take(NamesInMessages))}");
        }

        int emotions = (int)tensors.ShapeOf(output)[0];
        return emoBase
            ? Filled(new EmoBaseHeadConfig { VisualWidth = 0, AudioWidth = 0, Emotions = emotions }, visual, audio, any)
            : Filled(new GruHeadConfig { VisualWidth = 0, AudioWidth = 0, Emotions = emotions }, visual, audio, any);
    }

    /// <summary>The tensors of the head alone, whatever stands in front of their names.</summary>
    /// <exception cref="RepeatedWeightsException">The file has the head more than once.</exception>
    public static IStateDict FindHead(IStateDict tensors, string source)
    {
        string visual = FirstWeightOf(RecurrentHead.VisualName);
        bool sees = tensors.Names.Any(name => name.EndsWith(visual, StringComparison.Ordinal));
        return InnerStateDict.Find(tensors, sees ? visual : FirstWeightOf(RecurrentHead.AudioName), "the head", source);
    }

    private static string FirstWeightOf(string branch) => $"{branch}.weight_ih_l0";

    private static RecurrentHeadConfig Filled(RecurrentHeadConfig config, RecurrentShape? visual, RecurrentShape? audio, RecurrentShape any) => config with
    {
        VisualWidth = visual?.Width ?? 0,
        VisualHidden = visual?.Hidden ?? config.VisualHidden,
        AudioWidth = audio?.Width ?? 0,
        AudioHidden = audio?.Hidden ?? config.AudioHidden,
        Layers = any.Layers,
        Bidirectional = any.Bidirectional,
    };

    private static RecurrentShape? Find(IStateDict tensors, string name)
    {
        string inputs = FirstWeightOf(name);
        if (!tensors.Contains(inputs) || tensors.ShapeOf(inputs) is not [var gates, var width])
        {
            return null;
        }

        int layers = 1;
        while (tensors.Contains(string.Create(CultureInfo.InvariantCulture, $"{name}.weight_ih_l{layers}")))
        {
            layers++;
        }

        return new RecurrentShape((int)width, (int)(gates / 3), layers, tensors.Contains(inputs + "_reverse"));
    }

    private readonly record struct RecurrentShape(int Width, int Hidden, int Layers, bool Bidirectional);
}
