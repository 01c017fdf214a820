using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Evoke.Files;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>A summary of one result, by which the library sorts.</summary>
/// <param name="VideoId">Id of the video.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Scheme">Names of the emotions, in column order.</param>
/// <param name="Means">Mean of each emotion over the video.</param>
/// <param name="Peaks">Highest value of each emotion.</param>
/// <param name="Sparkline">One emotion in small, in its own unit: the highest value of each of at most 48 equal parts of the video; empty if the model does
/// not predict the emotion that was asked for.</param>
internal sealed record ResultSummary(
    string VideoId, string Model, ImmutableArray<string> Scheme, ImmutableArray<float> Means, ImmutableArray<float> Peaks, ImmutableArray<float> Sparkline);

/// <summary>The results. Each is written in one transaction.</summary>
internal sealed class ResultTable
{
    private const int SparklinePoints = 48;
    private static readonly JsonSerializerOptions Json = SqliteReading.Json;
    private readonly StudioDatabase _database;

    /// <summary>Reads and writes in <paramref name="database"/>.</summary>
    public ResultTable(StudioDatabase database) => _database = database;

    /// <summary>Stores a result; replaces an earlier one of the same video and model.</summary>
    public void Save(ResultRecord result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _database.Use(connection => Save(connection, result));
    }

    /// <summary>A result; null if there is none. Without a model, the newest result of the video.</summary>
    public ResultRecord? Find(string videoId, string? model) => _database.Use(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT video, model, created, duration, scheme, rate, curves, spread, details FROM result JOIN result_curves USING (video, model)
            WHERE video = $video AND ($model IS NULL OR model = $model) ORDER BY created DESC LIMIT 1
            """;
        using SqliteDataReader reader = command.With("$video", videoId).With("$model", model).ExecuteReader();
        return reader.Read()
            ? new ResultRecord
            {
                VideoId = reader.GetString(0),
                Model = reader.GetString(1),
                Created = reader.Time(2),
                DurationSeconds = reader.GetDouble(3),
                Scheme = reader.FromJson<ImmutableArray<string>>(4),
                Rate = reader.Rate(5),
                Curves = Floats((byte[])reader.GetValue(6)),
                Spread = reader.IsDBNull(7) ? null : Floats((byte[])reader.GetValue(7)),
                Details = reader.FromJson<ResultDetails>(8),
            }
            : null;
    });

    /// <summary>A summary of the newest result of each video; with a model, only results from that model.</summary>
    /// <param name="model">Only results from this model; null for all.</param>
    /// <param name="emotion">The emotion of the sparkline; null for the first of each result.</param>
    public IReadOnlyDictionary<string, ResultSummary> Newest(string? model, string? emotion = null)
    {
        Dictionary<string, ResultSummary> newest = [];
        foreach (ResultSummary summary in Summaries("$model IS NULL OR model = $model", command => command.With("$model", model), emotion))
        {
            newest[summary.VideoId] = summary;
        }

        return newest;
    }

    /// <summary>A summary of the newest result of one video; null if it has none.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="model">Only results from this model; null for all.</param>
    /// <param name="emotion">The emotion of the sparkline; null for the first of the result.</param>
    public ResultSummary? NewestOf(string videoId, string? model = null, string? emotion = null) => Summaries(
        "video = $video AND ($model IS NULL OR model = $model)", command => command.With("$video", videoId).With("$model", model), emotion).LastOrDefault();

    /// <summary>For each video the models that have a result for it, newest first.</summary>
    public ILookup<string, string> ModelsByVideo() =>
        Models("TRUE", command => command).ToLookup(pair => pair.Video, pair => pair.Model);

    /// <summary>The models that have a result for one video, newest first.</summary>
    public IReadOnlyList<string> ModelsOf(string videoId) =>
        [.. Models("video = $video", command => command.With("$video", videoId)).Select(pair => pair.Model)];

    /// <summary>Replaces the sparklines of earlier versions, one for all emotions together, by one for each emotion. On a full disk it is left for the next
    /// start: such results have none.</summary>
    public void RenewSparklines()
    {
        try
        {
            RenewEach();
        }
        catch (StudioDatabaseException full) when (full.IsDiskFull)
        {
            // Everything else about these results is there.
        }
    }

    private void RenewEach()
    {
        foreach ((string video, string model) in Models("sparkline NOT LIKE '[[%'", command => command))
        {
            if (Find(video, model) is not { } result)
            {
                continue;
            }

            _database.Use(connection =>
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = "UPDATE result SET sparkline = $sparkline WHERE video = $video AND model = $model";
                command.With("$sparkline", JsonSerializer.Serialize(Sparklines(result), Json)).With("$video", video).With("$model", model).ExecuteNonQuery();
            });
        }
    }

    /// <summary>Throws if a result is not as <see cref="Save(ResultRecord)"/> writes it. The curves themselves are not read, only their sizes.</summary>
    /// <exception cref="StudioDatabaseException">A row is damaged; the message names the video and the model.</exception>
    internal void ThrowIfDamaged() => Read(
        """
        SELECT video, model, scheme, means, peaks, sparkline, details, created, rows, length(curves), length(spread), rate
        FROM result LEFT JOIN result_curves USING (video, model)
        """,
        command => command,
        reader =>
        {
            try
            {
                ThrowIfDamaged(reader);
            }
            catch (Exception error) when (error is JsonException or FormatException or InvalidCastException or OverflowException)
            {
                throw new FormatException($"the result of video '{reader.GetString(0)}' by model '{reader.GetString(1)}': {PlainMessage.Of(error)}", error);
            }

            return true;
        });

    /// <summary>The values as little-endian bytes, the form in the database and the API.</summary>
    public static byte[] Bytes(ReadOnlySpan<float> values) => MemoryMarshal.AsBytes(values).ToArray();

    private static void Save(SqliteConnection connection, ResultRecord result)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO result (video, model, created, duration, scheme, rate, rows, means, peaks, sparkline, details)
            VALUES ($video, $model, $created, $duration, $scheme, $rate, $rows, $means, $peaks, $sparkline, $details)
            ON CONFLICT (video, model) DO UPDATE SET created = excluded.created, duration = excluded.duration, scheme = excluded.scheme, rate = excluded.rate,
                rows = excluded.rows, means = excluded.means, peaks = excluded.peaks, sparkline = excluded.sparkline, details = excluded.details;
            INSERT INTO result_curves (video, model, curves, spread) VALUES ($video, $model, $curves, $spread)
            ON CONFLICT (video, model) DO UPDATE SET curves = excluded.curves, spread = excluded.spread;
            """;
        command
            .With("$video", result.VideoId)
            .With("$model", result.Model)
            .With("$created", SqliteReading.Text(result.Created))
            .With("$duration", result.DurationSeconds)
            .With("$scheme", JsonSerializer.Serialize(result.Scheme, Json))
            .With("$rate", result.Rate.Hertz)
            .With("$rows", result.Rows)
            .With("$curves", Bytes(result.Curves))
            .With("$spread", result.Spread is null ? null : Bytes(result.Spread))
            .With("$means", JsonSerializer.Serialize(result.Details.Summary.Select(s => s.Mean), Json))
            .With("$peaks", JsonSerializer.Serialize(result.Details.Summary.Select(s => s.Peak), Json))
            .With("$sparkline", JsonSerializer.Serialize(Sparklines(result), Json))
            .With("$details", JsonSerializer.Serialize(result.Details, Json))
            .ExecuteNonQuery();
        transaction.Commit();
    }

    // Oldest first. Of the sparklines, one for each emotion, the database takes out the one that is wanted; earlier versions stored one for all emotions.
    private List<ResultSummary> Summaries(string condition, Func<SqliteCommand, SqliteCommand> bind, string? emotion = null) => Read(
        $"""
        SELECT video, model, scheme, means, peaks, CASE WHEN sparkline LIKE '[[%' THEN
            json_extract(sparkline, '$[' || IIF($emotion IS NULL, 0, (SELECT key FROM json_each(scheme) WHERE value = $emotion)) || ']') END
        FROM result WHERE {condition} ORDER BY created
        """,
        command => bind(command).With("$emotion", emotion),
        reader => new ResultSummary(
            reader.GetString(0), reader.GetString(1), reader.FromJson<ImmutableArray<string>>(2), reader.FromJson<ImmutableArray<float>>(3),
            reader.FromJson<ImmutableArray<float>>(4), reader.IsDBNull(5) ? [] : reader.FromJson<ImmutableArray<float>>(5)));

    private List<(string Video, string Model)> Models(string condition, Func<SqliteCommand, SqliteCommand> bind) => Read(
        $"SELECT video, model FROM result WHERE {condition} ORDER BY created DESC", bind, reader => (reader.GetString(0), reader.GetString(1)));

    private List<T> Read<T>(string sql, Func<SqliteCommand, SqliteCommand> bind, Func<SqliteDataReader, T> row) => _database.Use(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constant statements from this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = bind(command).ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    });

    private static void ThrowIfDamaged(SqliteDataReader reader)
    {
        ResultDetails details = reader.FromJson<ResultDetails>(6);
        reader.Time(7);
        if (reader.GetDouble(11) is not > 0 or double.PositiveInfinity)
        {
            throw new FormatException("its rate is not a number above 0");
        }

        int width = Length<string>(reader, 2);
        bool lines = HasLines(reader) ? Length<ImmutableArray<float>>(reader, 5) == width : Length<float>(reader, 5) > 0;
        bool fits = width > 0 && lines && Length<float>(reader, 3) == width && Length<float>(reader, 4) == width && details.Summary.Length == width;
        long bytes = reader.GetInt64(8) * width * sizeof(float);
        if (!fits || reader.LongOrNull(9) != bytes || (reader.LongOrNull(10) is long spread && spread != bytes))
        {
            throw new FormatException("its scheme, curves and summary do not fit each other");
        }
    }

    // Earlier versions stored one line for all emotions.
    private static bool HasLines(SqliteDataReader reader) => reader.GetString(5).StartsWith("[[", StringComparison.Ordinal);

    private static int Length<T>(SqliteDataReader reader, int column) => reader.FromJson<ImmutableArray<T>>(column) is { IsDefault: false } values
        ? values.Length
        : throw new JsonException("expected a list; found null");

    private static float[] Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    // [emotions][parts], with four digits: it is drawn 28 pixels high.
    private static float[][] Sparklines(ResultRecord result)
    {
        (int rows, int width) = (result.Rows, result.Scheme.Length);
        int points = Math.Min(SparklinePoints, rows);
        float[][] lines = [.. Enumerable.Range(0, width).Select(_ => new float[points])];
        for (int emotion = 0; emotion < width; emotion++)
        {
            for (int point = 0; point < points; point++)
            {
                // The highest value of the interval, so that a short peak stays visible.
                float peak = float.NegativeInfinity;
                for (int row = (int)((long)point * rows / points); row < (int)((long)(point + 1) * rows / points); row++)
                {
                    peak = Math.Max(peak, result.Curves[(row * width) + emotion]);
                }

                lines[emotion][point] = MathF.Round(peak, 4);
            }
        }

        return lines;
    }
}
