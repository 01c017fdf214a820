using CsCheck;
using Evoke.Curves;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Features;

namespace Evoke.Encoders.Tests.LowLevel.Audio;

public sealed class AudioLowLevelEncoderTests
{
    private static readonly float[] Sound = [.. Sounds.Noise(0.7), .. Sounds.Harmonics(210, 1.1), .. Sounds.Silence(0.3), .. Sounds.Tone(500, 0.45)];

    [Fact]
    public void ChunksOfAnySizeGiveTheSameNumbers()
        => Gen.Select(Gen.Int[1, 5000].Array[1, 8], Gen.OneOf(Gen.Const(1.0), Gen.Const(6.0), Gen.Const(1 / 0.96), Gen.Const(0.7))).Sample(
            (sizes, rate) => Encode(Cut(Sound, sizes), rate).SequenceEqual(Encode([Sound], rate)), iter: 30);

    [Fact]
    public void StepsAreDescribedByTheirOwnSamples()
    {
        // At 6 Hz steps have 2667, 2667 and 2666 samples: step 3 begins at sample 8000.
        float[] film = new float[16_000];
        film.AsSpan(8000, 100).Fill(0.5f);
        Sounds.Rows rows = Sounds.Encode(6, film);
        rows.Column("loudness.peak").ShouldBe([0f, 0, 0, 0.5f, 0, 0]);
        film = new float[16_000];
        film[7999] = 0.5f;
        Sounds.Encode(6, film).Column("loudness.peak").ShouldBe([0f, 0, 0.5f, 0, 0, 0]);
    }

    [Fact]
    public void AfterTheEndThereIsSilence()
    {
        using AudioLowLevelEncoder encoder = new();
        using IAudioEncodingSession session = encoder.Start(new Rate(1));
        session.Push(Sounds.Tone(440, 1.5));
        float[] features = session.Complete(4);
        int width = encoder.FeatureWidth;
        features.Length.ShouldBe(4 * width);
        int rms = AudioLowLevelEncoder.Descriptors.IndexOf("loudness.rms");
        features[rms].ShouldBeGreaterThan(0.9f);
        features[width + rms].ShouldBe(features[rms] - 0.0301f, 0.001f); // half a step of sound: 3 dB less
        features[(2 * width) + rms].ShouldBe(0, 1e-6f);
        features[(3 * width) + rms].ShouldBe(0, 1e-6f);
    }

    [Fact]
    public void SurplusSoundIsDropped()
    {
        using AudioLowLevelEncoder encoder = new();
        using IAudioEncodingSession session = encoder.Start(new Rate(1));
        session.Push(Sound);
        session.Complete(1).ShouldBe(Encode([Sound], 1)[..encoder.FeatureWidth]);
    }

    [Fact]
    public void TheRateHasABound()
    {
        using AudioLowLevelEncoder encoder = new();
        encoder.Start(new Rate(100)).Dispose();
        Should.Throw<ArgumentOutOfRangeException>(() => encoder.Start(new Rate(100.5))).Message.ShouldContain("at most 100 steps per second");
    }

    [Fact]
    public void TheEncoderSaysWhoItIs()
    {
        using AudioLowLevelEncoder encoder = new();
        encoder.Identity.ShouldBe(new EncoderIdentity("audio-lld", null, "v1"));
        encoder.SampleRate.ShouldBe(16_000);
        encoder.FeatureWidth.ShouldBe(AudioLowLevelEncoder.Descriptors.Count);
    }

    private static List<float[]> Cut(float[] sound, int[] sizes)
    {
        List<float[]> chunks = [];
        for (int at = 0, i = 0; at < sound.Length; i++)
        {
            int size = Math.Min(sizes[i % sizes.Length], sound.Length - at);
            chunks.Add(sound[at..(at + size)]);
            at += size;
        }

        return chunks;
    }

    private static float[] Encode(IEnumerable<float[]> chunks, double rate)
    {
        using AudioLowLevelEncoder encoder = new();
        using IAudioEncodingSession session = encoder.Start(new Rate(rate));
        foreach (float[] chunk in chunks)
        {
            session.Push(chunk);
        }

        return session.Complete((int)Math.Ceiling(Sound.Length / 16_000.0 * rate));
    }
}
