using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Evoke.Testing;

namespace Evoke.Cli.Tests;

/// <summary>Rating files in the form of Emo-FilM, and their list.</summary>
internal static class EmoFilmRatings
{
    private static readonly string[] s_items = ["Sad", "Love"];

    /// <summary>Writes two raters' traces of two items into <c>ratings</c>, and adds them to <c>list.tsv</c>.</summary>
    public static void Write(TemporaryFolder folder, string film, int seconds)
    {
        string list = folder.File("list.tsv");
        if (!File.Exists(list))
        {
            File.WriteAllText(list, "path\tbytes\tsha256\n");
        }

        foreach ((string rater, string item) in from rater in (string[])["area", "beer"] from item in s_items select (rater, item))
        {
            string path = $"sub-{rater}/beh/sub-{rater}_task-{film}_recording-{item}_stim.tsv.gz";
            string full = folder.File($"ratings/{path}");
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (GZipStream packed = new(File.Create(full), CompressionLevel.Fastest))
            {
                packed.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, seconds).Select(second => string.Create(
                    CultureInfo.InvariantCulture, $"{50 + (40 * Math.Sin((second / 20.0) + rater.Length + item.Length)):0.###}\n")))));
            }

            byte[] content = File.ReadAllBytes(full);
            File.AppendAllText(list, $"{path}\t{content.Length}\t{Convert.ToHexStringLower(SHA256.HashData(content))}\n");
        }
    }
}
