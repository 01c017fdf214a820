using System.Globalization;
using System.Text.Json;
using Evoke.Curves.Csv;
using Evoke.Files;
using Evoke.Insights.Rankings;
using Evoke.Testing;
using Parquet;
using Parquet.Schema;

namespace Evoke.Insights.Tests.Rankings;

public sealed class RankingFileTests : IDisposable
{
    private static readonly string[] s_ids =
        ["plain", "comma, \"quote\" 100%", "two\nlines", "=HYPERLINK(\"x\")", "@cmd", "'quoted", "'=twice", "Überfall 影片 😀", "series/1/clip", "-5"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CsvJsonAndParquetHaveTheSameColumnsRowsAndValues()
    {
        RankingTable table = Table();
        foreach (string ending in new[] { "csv", "json", "parquet" })
        {
            await RankingFile.WriteAsync(table, _folder.File($"ranking.{ending}"), TestContext.Current.CancellationToken);
        }

        string[] keys = [.. table.Columns.Select(column => column.Key)];
        string[][] expected = [.. Enumerable.Range(0, table.Count).Select(row => table.Columns.Select(column => TextOf(column, row)).ToArray())];

        CsvTable.Read(_folder.File("ranking.csv"), keys, (line, problem) => new UnexpectedFailureException($"{line}: {problem}", new InvalidDataException()))
            .Select(row => row.Fields.ToArray()).ShouldBe(expected);
        JsonRows(keys).ShouldBe(expected);
        (await ParquetRowsAsync(keys)).ShouldBe(expected);
    }

    [Fact]
    public async Task WhatASpreadsheetWouldRunIsTextInCsvOnly()
    {
        await RankingFile.WriteAsync(Table(), _folder.File("ranking.csv"), TestContext.Current.CancellationToken);
        await RankingFile.WriteAsync(Table(), _folder.File("ranking.json"), TestContext.Current.CancellationToken);

        string csv = await File.ReadAllTextAsync(_folder.File("ranking.csv"), TestContext.Current.CancellationToken);
        csv.ShouldContain("\"'=HYPERLINK(\"\"x\"\")\"");
        csv.ShouldContain(",'@cmd,");
        csv.ShouldContain(",\"two\nlines\",");
        (await File.ReadAllTextAsync(_folder.File("ranking.json"), TestContext.Current.CancellationToken)).ShouldContain("\"video\": \"@cmd\"");
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("parquet")]
    public async Task EqualTablesAreEqualBytesAndAnEmptyOneIsAFile(string ending)
    {
        await RankingFile.WriteAsync(Table(), _folder.File($"one.{ending}"), TestContext.Current.CancellationToken);
        await RankingFile.WriteAsync(Table(), _folder.File($"two.{ending}"), TestContext.Current.CancellationToken);
        await RankingFile.WriteAsync(Table().Top(0), _folder.File($"none.{ending}"), TestContext.Current.CancellationToken);

        byte[] one = await File.ReadAllBytesAsync(_folder.File($"one.{ending}"), TestContext.Current.CancellationToken);
        one.ShouldBe(await File.ReadAllBytesAsync(_folder.File($"two.{ending}"), TestContext.Current.CancellationToken));
        new FileInfo(_folder.File($"none.{ending}")).Length.ShouldBeInRange(1, one.Length - 1);
    }

    [Fact]
    public void AnotherFormIsRefusedByName() =>
        Should.Throw<RankingException>(() => RankingFile.ThrowIfOther("ranking.xlsx")).Message.ShouldContain("ranking.xlsx");

    private static RankingTable Table() => VideoRanking.OfVideos(s_ids.Select((id, i) =>
        RankedVideo.Of(Predictions.Of(["arousal", "valence"], 1, [i / 7f, -1f / (i + 1), float.NaN, i % 3 == 0 ? float.NaN : 0.25f], id))))
        .RankedBy("mean.arousal", ascending: false);

    private static string TextOf(RankingColumn column, int row) => column.Kind == RankingColumnKind.Text
        ? column.Texts[row]
        : column.Numbers[row]?.ToString(CultureInfo.InvariantCulture) ?? "";

    private string[][] JsonRows(string[] keys)
    {
        JsonElement json = JsonDocument.Parse(File.ReadAllBytes(_folder.File("ranking.json"))).RootElement;
        json.GetProperty("format").GetString().ShouldBe("evoke.ranking");
        json.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("key").GetString()).ShouldBe(keys);
        return [.. json.GetProperty("rows").EnumerateArray().Select(row => keys.Select(key => row.GetProperty(key) switch
        {
            { ValueKind: JsonValueKind.Null } => "",
            { ValueKind: JsonValueKind.Number } number => number.GetDouble().ToString(CultureInfo.InvariantCulture),
            var text => text.GetString()!,
        }).ToArray())];
    }

    private async Task<string[][]> ParquetRowsAsync(string[] keys)
    {
        await using FileStream stream = File.OpenRead(_folder.File("ranking.parquet"));
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        reader.Schema.DataFields.Select(field => field.Name).ShouldBe(keys);
        using ParquetRowGroupReader rows = reader.OpenRowGroupReader(0);
        List<string[]> columns = [];
        foreach (DataField field in reader.Schema.DataFields)
        {
            columns.Add(await ColumnAsync(rows, field));
        }

        return [.. Enumerable.Range(0, (int)rows.RowCount).Select(row => columns.Select(column => column[row]).ToArray())];
    }

    private static async Task<string[]> ColumnAsync(ParquetRowGroupReader rows, DataField field)
    {
        if (field.ClrType == typeof(ReadOnlyMemory<char>))
        {
            string?[] texts = new string?[rows.RowCount];
            await rows.ReadAsync(field, texts.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            return [.. texts.Select(text => text!)];
        }

        if (field.ClrType == typeof(int))
        {
            int?[] wholes = new int?[rows.RowCount];
            await rows.ReadAsync<int>(field, wholes.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            return [.. wholes.Select(whole => whole?.ToString(CultureInfo.InvariantCulture) ?? "")];
        }

        double?[] numbers = new double?[rows.RowCount];
        await rows.ReadAsync<double>(field, numbers.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        return [.. numbers.Select(number => number?.ToString(CultureInfo.InvariantCulture) ?? "")];
    }
}
