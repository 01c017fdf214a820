using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evoke.Curves;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Files;

namespace Evoke.Datasets.Ratings;

/// <summary>How a data set was made of ratings, and how far the raters agree: what <c>import.json</c> and <c>evoke dataset import --json</c> say.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record RatingDocument
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Evoke's version.</summary>
    public required string Evoke { get; init; }

    /// <summary>Labels per second.</summary>
    public required Rate Rate { get; init; }

    /// <summary>How the curves of several raters became one: mean, median or ewe; or what the labels are, if they are others.</summary>
    public required string Gold { get; init; }

    /// <summary>True if each rater's values were standardised before.</summary>
    public required bool ZScores { get; init; }

    /// <summary>How much earlier everything was moved, in seconds.</summary>
    public required double Lag { get; init; }

    /// <summary>How much earlier than that the traces of each rater were moved, in seconds; null if that was not estimated.</summary>
    public IReadOnlyDictionary<string, double>? RaterLags { get; init; }

    /// <summary>The files, how each was understood, and the SHA-256 of its bytes.</summary>
    public required IReadOnlyList<SourceFile> Files { get; init; }

    /// <summary>The curves and the scales of their labels.</summary>
    public required IReadOnlyDictionary<string, Scale> Curves { get; init; }

    /// <summary>The videos.</summary>
    public required IReadOnlyList<string> Videos { get; init; }

    /// <summary>Those of them that are for validation.</summary>
    public required IReadOnlyList<string> Validation { get; init; }

    /// <summary>How videos were kept together in that division; null if each was on its own.</summary>
    public string? Groups { get; init; }

    /// <summary>Agreement by video and curve.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Agreement>> Agreement { get; init; }

    /// <summary>The raters, compared with each other.</summary>
    public required IReadOnlyList<RaterSummary> Raters { get; init; }

    /// <summary>What else there is to know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Describes an import. Reads the files again to hash them.</summary>
    /// <exception cref="FileReadException">A file cannot be read.</exception>
    public static RatingDocument Of(ImportedRatings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        return new RatingDocument
        {
            Evoke = EvokeVersion.Text,
            Rate = ratings.Options.Rate,
            Gold = ratings.LabelSource ?? ratings.Options.Gold.ToString().ToLower(CultureInfo.InvariantCulture),
            ZScores = ratings.Options.ZScores,
            Lag = ratings.Options.LagSeconds,
            RaterLags = ratings.Options.AlignRaters ? ratings.RaterLags : null,
            Files = [.. ratings.Files.Select(SourceFile.Of)],
            Curves = ratings.CurveNames.Zip(ratings.Scales).ToDictionary(
                curve => curve.First, curve => new Scale([curve.Second.Low, curve.Second.High], curve.Second.IsGiven)),
            Videos = ratings.Videos,
            Validation = ratings.Validation,
            Groups = ratings.Options.Groups.IsNone ? null : ratings.Options.Groups.Description,
            Agreement = ratings.Videos.ToDictionary(
                video => video,
                IReadOnlyDictionary<string, Agreement> (video) => ratings.Curves.Where(curve => curve.Rated.VideoId == video)
                    .ToDictionary(curve => curve.Rated.Curve, curve => curve.Agreement)),
            Raters = ratings.Raters,
            Notes = ratings.Notes,
        };
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, s_json));

    /// <summary>One file of ratings.</summary>
    /// <remarks>Immutable and thread-safe.</remarks>
    /// <param name="File">Its name, without folders.</param>
    /// <param name="Sheet">The sheet of a workbook.</param>
    /// <param name="Sha256">Lower-case hex SHA-256 of its bytes.</param>
    /// <param name="Form">How it was understood.</param>
    public sealed record SourceFile(string File, string? Sheet, string Sha256, string Form)
    {
        internal static SourceFile Of(UnderstoodFile file) =>
            new(Path.GetFileName(file.File), file.Sheet, FileHashes.Compute(file.File, null, CancellationToken.None), file.Form);
    }

    /// <summary>The scale of a curve.</summary>
    /// <remarks>Immutable, and thread-safe as long as nobody writes to its arrays.</remarks>
    /// <param name="Range">Its lowest and its highest value.</param>
    /// <param name="Given">False if it was recognised from the values.</param>
    public sealed record Scale(double[] Range, bool Given);
}
