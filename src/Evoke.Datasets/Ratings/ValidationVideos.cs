using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Evoke.Datasets.Ratings;

/// <summary>Chooses the videos for validation: whole groups, by a hash of their names, so that a video stays where it is when others are added.</summary>
internal static class ValidationVideos
{
    /// <summary>The videos for validation, in their order; none if the data set is not divided.</summary>
    public static ImmutableArray<string> Of(ImmutableArray<string> videos, RatingImportOptions options)
    {
        if (options.ValidationShare <= 0 || videos.Length < 2)
        {
            return [];
        }

        int left = Math.Clamp((int)Math.Round(videos.Length * options.ValidationShare), 1, videos.Length - 1);
        IGrouping<string, string>[] groups =
        [
            .. options.Groups.Of(videos).Zip(videos).GroupBy(pair => pair.First, pair => pair.Second)
                .OrderBy(group => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(group.Key))), StringComparer.Ordinal),
        ];
        HashSet<string> chosen = [];
        foreach (IGrouping<string, string> group in groups.SkipLast(1)) // Something is left to train on.
        {
            if (left <= 0)
            {
                break;
            }

            chosen.UnionWith(group);
            left -= group.Count();
        }

        return [.. videos.Where(chosen.Contains)];
    }
}
