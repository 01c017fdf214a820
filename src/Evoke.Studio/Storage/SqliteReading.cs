using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>Reads and writes the column types of Studio's tables.</summary>
internal static class SqliteReading
{
    /// <summary>How values are stored as JSON.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(this SqliteDataReader reader, int column) =>
        DateTimeOffset.Parse(reader.GetString(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static DateTimeOffset? TimeOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Time(column);

    public static double? DoubleOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    public static int? IntOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    public static long? LongOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static string? TextOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A name of an enumeration, in any case.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static T Name<T>(this SqliteDataReader reader, int column)
        where T : struct, Enum => Enum.TryParse(reader.GetString(column), ignoreCase: true, out T value) && Enum.IsDefined(value)
        ? value
        : throw new FormatException($"'{reader.GetString(column)}' is not a {typeof(T).Name}");

    /// <summary>A value that was stored as JSON.</summary>
    /// <exception cref="JsonException">The text is not JSON of this type, or null.</exception>
    public static T FromJson<T>(this SqliteDataReader reader, int column) =>
        JsonSerializer.Deserialize<T>(reader.GetString(column), Json) ?? throw new JsonException("expected a value; found null");

    public static SqliteCommand With(this SqliteCommand command, string name, object? value)
    {
        command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
