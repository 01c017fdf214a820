using Evoke.Curves;
using Evoke.Features;
using Evoke.Heads.Attribution;
using Evoke.Heads.Reactions;

namespace Evoke.Heads.Tests.Attribution;

public sealed class ModalityAttributionTests
{
    private static readonly EncoderIdentity Eye = new("eye");
    private static readonly EncoderIdentity Ear = new("ear");

    [Fact]
    public void EachModalityIsGivenWhatItAddsOverItsMean()
    {
        VideoFeatures features = Features(visual: [0, 0, 3], audio: [1, 1, 1]);
        using WeightedSum model = new(Eye, Ear);
        ModalityAttribution attribution = ModalityAttribution.Of(model, features, model.Predict(features).Mean);
        attribution.FromPicture!.Values.ToArray().ShouldBe([-2, -2, 4]);
        attribution.FromSound!.Values.ToArray().ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void AModalityThatTheModelDoesNotTakeIsNotJudged()
    {
        VideoFeatures features = Features(visual: [0, 0, 3], audio: [1, 2, 3]);
        using WeightedSum model = new(null, Ear);
        ModalityAttribution attribution = ModalityAttribution.Of(model, features, model.Predict(features).Mean);
        attribution.FromPicture.ShouldBeNull();
        attribution.FromSound!.Values.ToArray().ShouldBe([-1, 0, 1]);
    }

    private static VideoFeatures Features(float[] visual, float[] audio) => new()
    {
        VideoId = "v",
        SourceName = "v.mp4",
        SourceBytes = 1,
        DurationSeconds = visual.Length,
        Visual = new FeatureSequence(Eye, new Rate(1), 1, visual),
        Audio = new FeatureSequence(Ear, new Rate(1), 1, audio),
    };

    /// <summary>A model that can be computed by hand: twice the picture plus once the sound.</summary>
    private sealed class WeightedSum(EncoderIdentity? eye, EncoderIdentity? ear) : IReactionModel
    {
        public string Name => "sum";

        public EmotionScheme Scheme { get; } = new(["interest"]);

        public Rate Rate => new(1);

        public EncoderIdentity? VisualEncoder => eye;

        public EncoderIdentity? AudioEncoder => ear;

        public SparsePrediction Predict(VideoFeatures features)
        {
            float[] values = [.. Enumerable.Range(0, features.Audio!.Steps).Select(k =>
                (eye is null ? 0 : 2 * features.Visual!.Values[k]) + features.Audio.Values[k])];
            return new SparsePrediction(new EmotionCurves(Scheme, new TimeGrid(new Rate(1), values.Length), values), null);
        }

        public void Dispose()
        {
        }
    }
}
