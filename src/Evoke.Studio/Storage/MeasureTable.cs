using System.Collections.Immutable;
using System.Text.Json;
using Evoke.Curves;
using Evoke.Curves.Measures;
using Evoke.Insights.Norms;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>A result as norms and tables see it.</summary>
/// <param name="VideoId">Id of the video.</param>
/// <param name="Stamp">When the result was computed, as the database has it: another result has another stamp.</param>
/// <param name="DurationSeconds">Duration of the video in seconds.</param>
/// <param name="Identity">The model that made it.</param>
/// <param name="Measures">Its measures; null if this version of Evoke has not computed them yet.</param>
internal sealed record MeasuredResult(string VideoId, string Stamp, double DurationSeconds, ModelIdentity Identity, MeasureList? Measures);

/// <summary>The measures of results, kept so that a table of a whole library does not read all curves. They belong to one result and one version of
/// Evoke.</summary>
internal sealed class MeasureTable
{
    private static readonly JsonSerializerOptions Json = SqliteReading.Json;
    private readonly StudioDatabase _database;

    /// <summary>Reads and writes in <paramref name="database"/>.</summary>
    public MeasureTable(StudioDatabase database) => _database = database;

    /// <summary>All results of a model, with their measures where these are known.</summary>
    public IReadOnlyList<MeasuredResult> All(string model) => _database.Use(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT result.video, result.created, result.duration, result.scheme, result.details, kept.measures
            FROM result LEFT JOIN result_measures AS kept
                ON kept.video = result.video AND kept.model = result.model AND kept.created = result.created AND kept.evoke = $evoke
            WHERE result.model = $model
            """;
        using SqliteDataReader reader = command.With("$model", model).With("$evoke", EvokeVersion.Text).ExecuteReader();
        List<MeasuredResult> results = [];
        while (reader.Read())
        {
            ResultDetails details = reader.FromJson<ResultDetails>(4);
            results.Add(new MeasuredResult(
                reader.GetString(0), reader.GetString(1), reader.GetDouble(2), Identity(model, reader.FromJson<ImmutableArray<string>>(3), details),
                reader.IsDBNull(5) ? null : reader.FromJson<MeasureList>(5)));
        }

        return results;
    });

    /// <summary>Keeps the measures of a result, unless it was replaced or removed meanwhile.</summary>
    public void Save(string model, MeasuredResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _database.Use(connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = """
                INSERT INTO result_measures (video, model, created, evoke, measures)
                SELECT video, model, created, $evoke, $measures FROM result WHERE video = $video AND model = $model AND created = $created
                ON CONFLICT (video, model) DO UPDATE SET created = excluded.created, evoke = excluded.evoke, measures = excluded.measures
                """;
            command.With("$video", result.VideoId).With("$model", model).With("$created", result.Stamp).With("$evoke", EvokeVersion.Text)
                .With("$measures", JsonSerializer.Serialize(result.Measures, Json)).ExecuteNonQuery();
        });
    }

    /// <summary>Throws if a row is not as <see cref="Save"/> writes it.</summary>
    /// <exception cref="StudioDatabaseException">A row is damaged.</exception>
    internal void ThrowIfDamaged() => _database.Use(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT measures FROM result_measures";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            reader.FromJson<MeasureList>(0);
        }
    });

    private static ModelIdentity Identity(string model, ImmutableArray<string> scheme, ResultDetails details) => new()
    {
        Name = details.NameOf(model),
        Sha256 = details.ModelSha256,
        Encoders = details.Encoders,
        Curves = new EmotionScheme(scheme, details.Ranges),
    };
}
