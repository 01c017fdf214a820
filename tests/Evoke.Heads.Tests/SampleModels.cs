using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Networks;
using Evoke.Testing;
using TorchSharp;

namespace Evoke.Heads.Tests;

/// <summary>Small models and features for them.</summary>
internal static class SampleModels
{
    public static EncoderIdentity Visual { get; } = new("eye", new string('a', 64));

    public static EncoderIdentity Audio { get; } = new("ear", Settings: "v1");

    public static ModelDescription Description { get; } = new()
    {
        Emotions = ["joy", "fear"],
        RateHertz = 1,
        VisualEncoder = Visual,
        AudioEncoder = Audio,
        Head = new GruHeadConfig { VisualWidth = 3, AudioWidth = 2, Emotions = 2, VisualHidden = 4, AudioHidden = 3 },
        Recipe = "train:\n  loss: l1 # «the paper's»\n",
        Scores = ImmutableSortedDictionary<string, double>.Empty.Add("pearson", 0.0121).Add("ccc", 0.5),
    };

    /// <summary>A model with weights drawn from a seed.</summary>
    public static ModelContent Content(ModelDescription description, long seed = 1)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = description.Head.Create(seed);
        bool standardised = description.Normalisation == FeatureNormalisation.Standardise;
        return new ModelContent
        {
            Description = description,
            Weights = head.CopyWeights(),
            VisualStatistics = standardised && description.VisualFeatureWidth > 0 ? Statistics("visual", description.VisualFeatureWidth) : null,
            AudioStatistics = standardised && description.AudioFeatureWidth > 0 ? Statistics("audio", description.AudioFeatureWidth) : null,
        };
    }

    public static string Write(TemporaryFolder folder, string name, ModelDescription? description = null, long seed = 1)
    {
        string path = folder.File(name);
        ModelFile.Write(path, Content(description ?? Description, seed));
        return path;
    }

    public static VideoFeatures Video(double seconds, double visualRate = 1, double audioRate = 1) => new()
    {
        VideoId = "film",
        SourceName = "film.mp4",
        SourceBytes = 1,
        DurationSeconds = seconds,
        Visual = Sequence(Visual, visualRate, 3, seconds),
        Audio = Sequence(Audio, audioRate, 2, seconds),
    };

    private static FeatureSequence Sequence(EncoderIdentity encoder, double rate, int width, double seconds) =>
        new(encoder, new Rate(rate), width, GoldenTensor.SymmetricUnits(encoder.Name, width * (int)Math.Ceiling(seconds * rate)));

    private static FeatureStatistics Statistics(string name, int width) =>
        new(GoldenTensor.SymmetricUnits($"{name}.mean", width), GoldenTensor.Units($"{name}.std", width));
}
