using System.Collections.Immutable;
using Evoke.Curves.Export;
using Evoke.Files;
using Evoke.Insights.Predictions;
using Evoke.Insights.Summaries;

namespace Evoke.Insights.Norms;

/// <summary>The predictions of a folder, as members of a norm.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Members">The videos, in the order of their files' names.</param>
/// <param name="Failures">What could not be read: one error for each file.</param>
public sealed record NormFolder(ImmutableArray<NormMember> Members, ImmutableArray<EvokeException> Failures)
{
    private const string Predictions = "*.json", SchemeEnding = ".scheme.json";

    /// <summary>Reads every prediction in a folder and the folders in it. JSON files that are something else, such as schemes and norms, are skipped; a
    /// damaged one is a failure and does not end the reading.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="progress">Called after each file with the number of files that are done.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileReadException">The folder cannot be read.</exception>
    /// <exception cref="NormException">There is no prediction in it.</exception>
    public static NormFolder Read(string folder, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ImmutableArray<NormMember>.Builder members = ImmutableArray.CreateBuilder<NormMember>();
        ImmutableArray<EvokeException>.Builder failures = ImmutableArray.CreateBuilder<EvokeException>();
        string[] files = FilesIn(folder);
        for (int i = 0; i < files.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                members.Add(MemberOf(PredictionFile.Read(files[i])));
            }
            catch (PredictionFileException error) when (error.IsSomethingElse)
            {
                // a scheme, a norm, a report
            }
            catch (Exception error) when (ItemFailure.Of(files[i], error) is { } failure)
            {
                failures.Add(failure);
            }

            progress?.Report(i + 1);
        }

        return members.Count + failures.Count > 0
            ? new NormFolder(members.ToImmutable(), failures.ToImmutable())
            : throw new NormException(
                $"'{folder}' contains no prediction: expected JSON files of 'evoke predict --json'; found {files.Length} other JSON files.");
    }

    private static NormMember MemberOf(PredictionDocument document) =>
        new(NormVideo.Of(document), ModelIdentity.Of(document), VideoSummary.Of(document));

    private static string[] FilesIn(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new NormException($"'{folder}' is not a folder: expected one with predictions of 'evoke predict --json'.");
        }

        try
        {
            return
            [
                .. Directory.EnumerateFiles(folder, Predictions, SearchOption.AllDirectories)
                    .Where(file => !file.EndsWith(SchemeEnding, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(folder, error);
        }
    }
}
