using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Heads.Inputs;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Networks;
using TorchSharp;

namespace Evoke.Studio.Tests;

/// <summary>Model files for fifteen emotions on Evoke's own descriptors, with random weights: only the form of their curves matters here.</summary>
internal static class TrainedModels
{
    private static readonly ModelDescription Description = new()
    {
        Emotions = [.. EmotionScheme.Eev.Names],
        RateHertz = 1,
        VisualEncoder = VisualLowLevelEncoder.EncoderIdentity,
        AudioEncoder = AudioLowLevelEncoder.EncoderIdentity,
        Normalisation = FeatureNormalisation.L2,
        Head = new GruHeadConfig
        {
            VisualWidth = VisualLowLevelEncoder.Descriptors.Count,
            AudioWidth = AudioLowLevelEncoder.Descriptors.Count,
            Emotions = EmotionScheme.Eev.Count,
            VisualHidden = 24,
            AudioHidden = 16,
        },
        Recipe = "train:\n  loss: l1\n",
    };

    /// <summary>Writes <c>single.safetensors</c>, which contains its score, and <c>ensemble.safetensors</c> with three members.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        string[] members = [.. Enumerable.Range(0, 3).Select(seed => Path.Combine(folder, $"member{seed}"))];
        for (int seed = 0; seed < members.Length; seed++)
        {
            WriteOne(members[seed], seed);
        }

        ModelFile[] files = [.. members.Select(path => ModelFile.Open(path))];
        ModelFile.WriteEnsemble(Path.Combine(folder, "ensemble.safetensors"), files);
        foreach (ModelFile file in files)
        {
            file.Dispose();
        }

        File.Move(members[0], Path.Combine(folder, "single.safetensors"));
    }

    /// <summary>Writes <c>signed.safetensors</c>, whose first curve is from -1 to 1 and whose others are from 1 to 9.</summary>
    public static void WriteSigned(string folder)
    {
        Directory.CreateDirectory(folder);
        CurveRange[] ranges = [.. EmotionScheme.Eev.Names.Select((_, column) => column == 0 ? new CurveRange(-1, 1) : new CurveRange(1, 9, "points"))];
        WriteOne(Path.Combine(folder, "signed.safetensors"), seed: 7, Description with { Ranges = ranges });
    }

    private static void WriteOne(string path, int seed) => WriteOne(path, seed, Description);

    private static void WriteOne(string path, int seed, ModelDescription description)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = Description.Head.Create(seed);
        ImmutableSortedDictionary<string, double> scores = ImmutableSortedDictionary<string, double>.Empty.Add("pearson", 0.25 + (0.125 * seed));
        ModelFile.Write(path, new ModelContent { Description = description with { Scores = scores, TrainedOn = "34 films" }, Weights = head.CopyWeights() });
    }
}
