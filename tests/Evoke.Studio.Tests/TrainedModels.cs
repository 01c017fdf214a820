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

        ModelFile[] files = [.. members.Select(ModelFile.Open)];
        ModelFile.WriteEnsemble(Path.Combine(folder, "ensemble.safetensors"), files);
        foreach (ModelFile file in files)
        {
            file.Dispose();
        }

        File.Move(members[0], Path.Combine(folder, "single.safetensors"));
    }

    private static void WriteOne(string path, int seed)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = Description.Head.Create(seed);
        ImmutableSortedDictionary<string, double> scores = ImmutableSortedDictionary<string, double>.Empty.Add("pearson", 0.25 + (0.125 * seed));
        ModelFile.Write(path, new ModelContent { Description = Description with { Scores = scores, TrainedOn = "34 films" }, Weights = head.CopyWeights() });
    }
}
