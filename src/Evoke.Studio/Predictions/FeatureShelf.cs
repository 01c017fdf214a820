using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evoke.Curves;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>Features of the library's videos on disk, one file for each pair of encoders and rate, so that a second model with the same encoders needs no
/// decoding.</summary>
internal sealed class FeatureShelf
{
    private readonly AnalysisFiles _files;

    /// <summary>Keeps features beside the other files of a video.</summary>
    public FeatureShelf(AnalysisFiles files) => _files = files;

    /// <summary>The features of a video from these encoders; null if they have not been extracted.</summary>
    public VideoFeatures? Find(string videoId, string key)
    {
        string path = PathOf(videoId, key);
        if (!File.Exists(path))
        {
            return null;
        }

        using FeatureFile file = FeatureFile.Open(path);
        return file.Read();
    }

    /// <summary>The stored features of a video of which a look at the encoders says that they are wanted, in a fixed order. The others are not read.</summary>
    public IEnumerable<VideoFeatures> All(string videoId, Predicate<FeatureFile> isWanted)
    {
        foreach (string path in Directory.EnumerateFiles(_files.FeatureFolder(videoId), "*" + FeatureFileName.Extension).Order(StringComparer.Ordinal))
        {
            using FeatureFile file = FeatureFile.Open(path);
            if (isWanted(file))
            {
                yield return file.Read();
            }
        }
    }

    /// <summary>Keeps the features of a video.</summary>
    public void Save(string videoId, string key, VideoFeatures features) => FeatureFile.Write(PathOf(videoId, key), features);

    /// <summary>Identifies a pair of encoders and a rate.</summary>
    public static string KeyOf(EncoderIdentity? visual, EncoderIdentity? audio, Rate rate)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Name(visual)}\n{Name(audio)}\n{rate:R}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }

    /// <summary>The rows of two videos on one scale: each column standardised over both, with visual and audio features side by side.</summary>
    /// <returns>Row-major rows of both, numbers per row, and rows per second.</returns>
    /// <exception cref="StudioRequestException">The features of one video are missing (409).</exception>
    internal (float[] First, float[] Second, int Width, Rate Rate) Comparable(ResultRecord first, ResultRecord second)
    {
        (VideoFeatures a, VideoFeatures b) = (OfResult(first), OfResult(second));
        FeatureSequence[] parts = [.. new[] { a.Visual, a.Audio }.OfType<FeatureSequence>()];
        (float[] rowsA, int width) = SideBySide(a);
        (float[] rowsB, int widthB) = SideBySide(b);
        if (width != widthB || parts.Length == 0)
        {
            throw Gone(second);
        }

        Standardise(rowsA, rowsB, width);
        return (rowsA, rowsB, width, parts[0].Rate);
    }

    private static string Name(EncoderIdentity? encoder) => encoder is null
        ? "-"
        : string.Join('|', new[] { encoder.Name, encoder.WeightsSha256 ?? "", encoder.Settings, encoder.Precision }.OfType<string>());

    private static StudioRequestException Gone(ResultRecord result) => new(StatusCodes.Status409Conflict,
        $"The features behind the result from '{result.Model}' are missing, so the video cannot be aligned by content. Analyse it again.");

    private string PathOf(string videoId, string key) => System.IO.Path.Combine(_files.FeatureFolder(videoId), key + FeatureFileName.Extension);

    private VideoFeatures OfResult(ResultRecord result) => Find(result.VideoId, result.Details.FeatureKey) ?? throw Gone(result);

    private static (float[] Rows, int Width) SideBySide(VideoFeatures features)
    {
        FeatureSequence[] parts = [.. new[] { features.Visual, features.Audio }.OfType<FeatureSequence>()];
        int steps = parts.Length == 0 ? 0 : parts.Min(part => part.Steps);
        return (FeatureSequence.SideBySide(parts, steps), parts.Sum(part => part.Width));
    }

    private static void Standardise(float[] first, float[] second, int width)
    {
        for (int column = 0; column < width; column++)
        {
            (double sum, double squares, long count) = (0, 0, 0);
            foreach (float[] rows in new[] { first, second })
            {
                for (int i = column; i < rows.Length; i += width)
                {
                    sum += rows[i];
                    squares += (double)rows[i] * rows[i];
                    count++;
                }
            }

            double mean = sum / count;
            double deviation = Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
            foreach (float[] rows in new[] { first, second })
            {
                for (int i = column; i < rows.Length; i += width)
                {
                    rows[i] = deviation > 1e-9 ? (float)((rows[i] - mean) / deviation) : 0;
                }
            }
        }
    }
}
