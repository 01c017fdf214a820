using System.Buffers.Binary;
using Evoke.Encoders.Extraction;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Extraction;

/// <summary>The bytes of a feature file do not depend on who wrote it.</summary>
public sealed class ReproducibilityTests : IDisposable
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    public async Task FeaturesAreTheSameBytesWhateverTheThreadsAndTheFolder(string extension) =>
        await ShouldBeTheSameBytesAsync(await TestFilms.OrdinaryAsync(extension, 6));

    [Fact]
    public async Task AFilmThatIsCutShortToo() => await ShouldBeTheSameBytesAsync(await TestFilms.TruncatedAsync("mp4", 0.6));

    [Fact]
    public async Task WhatFfmpegSaysOfADamagedFilmIsToldAndNotKept()
    {
        byte[] bytes = await File.ReadAllBytesAsync(await TestFilms.OrdinaryAsync("ts", 10), None);
        new Random(1).NextBytes(bytes.AsSpan(bytes.Length * 4 / 10, bytes.Length / 10));
        string damaged = _folder.File("damaged.ts");
        await File.WriteAllBytesAsync(damaged, bytes, None);

        (VideoFeatures made, byte[] file) = await ExtractAsync(damaged, "first", threads: 0);

        made.WarningsInFull.ShouldContain(warning => warning.StartsWith("ffmpeg said: ", StringComparison.Ordinal));
        made.Warnings.ShouldContain("ffmpeg reported errors while decoding");
        string kept = System.Text.Encoding.UTF8.GetString(file, 8, (int)BinaryPrimitives.ReadInt64LittleEndian(file));
        kept.ShouldContain("ffmpeg reported errors");
        kept.ShouldNotContain("ffmpeg said");
        kept.ShouldNotContain(" @ 0x", customMessage: "an address");
        kept.ShouldNotContain(_folder.Path);
    }

    private async Task ShouldBeTheSameBytesAsync(string film)
    {
        string moved = Path.Combine(_folder.Path, "elsewhere", Path.GetFileName(film));
        Directory.CreateDirectory(Path.GetDirectoryName(moved)!);
        File.Copy(film, moved);

        (_, byte[] expected) = await ExtractAsync(film, "first", threads: 1);
        (_, byte[] many) = await ExtractAsync(moved, "second", threads: 7);
        (_, byte[] asItLikes) = await ExtractAsync(moved, "third", threads: 0);

        many.ShouldBe(expected);
        asItLikes.ShouldBe(expected);
    }

    private async Task<(VideoFeatures Features, byte[] File)> ExtractAsync(string film, string store, int threads)
    {
        using VisualLowLevelEncoder eye = new();
        using AudioLowLevelEncoder ear = new();
        FeatureStore into = FeatureStore.OpenOrCreate(_folder.File(store));
        VideoFeatures features = await new FeatureExtractor(eye, ear, new ExtractionOptions { DecoderThreads = threads }).ExtractAsync(
            film, "id", cancellationToken: None);
        into.Write(features);
        return (features, await File.ReadAllBytesAsync(into.PathOf("id"), None));
    }
}
