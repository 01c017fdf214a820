using System.Text.Json;
using CsvHelper;
using Evoke.Cli.Shell;
using Evoke.Testing;
using Microsoft.Data.Sqlite;

namespace Evoke.Cli.Tests.Rank;

/// <summary>Rankings of films that are made for it.</summary>
public sealed class RankTests : IDisposable
{
    private const string Peak = "peak.loudness"; // one of the films is silent

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("ranking");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FilmsAreRankedAndTheTableIsWrittenInEveryForm()
    {
        await WriteFilmsAsync();

        CommandResult result = await CommandResult.OfAsync(
            "rank", _folder.File("videos"), "--out", Out, "--sort", Peak, "--json",
            "--table", _folder.File("r.csv"), "--table", _folder.File("r.parquet"), "--table", _folder.File("r.json"), "--scenes", _folder.File("s.csv"));

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        JsonElement[] rows = [.. JsonDocument.Parse(result.Out).RootElement.GetProperty("rows").EnumerateArray()];
        rows.Select(row => row.GetProperty("video").GetString()).ShouldBe(["busy", "series/ep1", "series/still"], ignoreOrder: true);
        double[] peaks = [.. rows.Select(row => row.GetProperty(Peak).GetDouble())];
        peaks.ShouldBeInOrder(SortDirection.Descending);
        rows[0].GetProperty("rank").GetInt32().ShouldBe(1);
        rows[^1].GetProperty("video").GetString().ShouldBe("series/still");
        rows.ShouldAllBe(row => row.GetProperty("model").GetString() == "affect" && row.GetProperty("duration_seconds").GetDouble() > 3);
        string[] lines = await File.ReadAllLinesAsync(_folder.File("r.csv"), TestContext.Current.CancellationToken);
        lines.Length.ShouldBe(4);
        lines[0].ShouldStartWith("rank,video,source,model,model_sha256,duration_seconds,warnings,");
        lines[3].ShouldStartWith("3,series/still,still.mp4,affect,,");
        new FileInfo(_folder.File("r.parquet")).Length.ShouldBeGreaterThan(100);
        (await File.ReadAllLinesAsync(_folder.File("s.csv"), TestContext.Current.CancellationToken)).Length.ShouldBeGreaterThanOrEqualTo(4);
        File.Exists(Path.Combine(Out, "series", "ep1.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task WhatIsPredictedIsNotPredictedAgainAndShardsTogetherGiveTheWhole()
    {
        await WriteFilmsAsync();
        string whole = await TablesAsync("whole", _folder.File("videos"), "--out", Out);

        foreach (int i in new[] { 0, 1 })
        {
            CommandResult shard = await CommandResult.OfAsync("rank", _folder.File("videos"), "--out", _folder.File($"shard{i}"), "--shard", $"{i}/2");
            shard.ExitCode.ShouldBe(ExitCode.Done, shard.Error);
            shard.Out.ShouldContain($"evoke rank {_folder.File($"shard{i}")}");
        }

        Directory.GetFiles(_folder.File("shard0"), "*.json", SearchOption.AllDirectories).Length.ShouldBeInRange(1, 3);
        (await TablesAsync("merged", _folder.File("shard0"), _folder.File("shard1"))).ShouldBe(whole);
        CommandResult again = await CommandResult.OfAsync("rank", _folder.File("videos"), "--out", Out);
        again.Error.ShouldContain("3 of 3 videos are already predicted");
    }

    [Fact]
    public async Task ARunThatIsStoppedSaysHowManyAreLeftAndTheNextOneGoesOn()
    {
        await WriteFilmsAsync();
        (await CommandResult.OfAsync("rank", _folder.File("videos/busy.mp4"), "--out", Out)).ExitCode.ShouldBe(ExitCode.Done);
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        using StringWriter output = new();
        using StringWriter error = new();

        int code = await EvokeCommandLine.RunAsync(["rank", _folder.File("videos"), "--out", Out], new Terminal(output, error), stop.Token);

        code.ShouldBe(ExitCode.Interrupted, error.ToString());
        error.ToString().ShouldContain("The run was stopped; 1 of 3 videos is predicted, 2 are left. Run the same command again to continue.");
        CommandResult again = await CommandResult.OfAsync("rank", _folder.File("videos"), "--out", Out);
        again.ExitCode.ShouldBe(ExitCode.Done, again.Error);
        again.Out.ShouldStartWith("by mean.arousal, highest first: 3 videos");
    }

    [Fact]
    public async Task ARankingOfSomeShardsSaysHowManyVideosAreNotInIt()
    {
        await WriteFilmsAsync();
        foreach (int i in new[] { 0, 1 })
        {
            CommandResult shard = await CommandResult.OfAsync("rank", _folder.File("videos"), "--out", _folder.File($"shards/{i}"), "--shard", $"{i}/2");
            shard.ExitCode.ShouldBe(ExitCode.Done, shard.Error);
            shard.Out.ShouldContain(" of 3 videos predicted, 0 failed. ");
        }

        int missing = 3 - Directory.GetFiles(_folder.File("shards/0"), "*.json", new EnumerationOptions { RecurseSubdirectories = true }).Length;
        string said = $"{missing} of 3 videos {(missing == 1 ? "is" : "are")} not predicted yet and not in the ranking.";

        (await CommandResult.OfAsync("rank", _folder.File("shards/0"))).Error.ShouldContain(said);
        (await CommandResult.OfAsync("rank", _folder.File("shards"))).Error.ShouldNotContain("not in the ranking");
        await File.WriteAllTextAsync(_folder.File("shards/0/.evoke-rank.json"), "{", TestContext.Current.CancellationToken);
        (await CommandResult.OfAsync("rank", _folder.File("shards/0"))).Error.ShouldContain("warning: it is not known whether all videos are in the ranking.");
    }

    [Fact]
    public async Task ABrokenFilmIsAFailureAndTheOthersAreRanked()
    {
        await WriteFilmsAsync();
        await File.WriteAllTextAsync(_folder.File("videos/broken.mp4"), "no film", TestContext.Current.CancellationToken);

        CommandResult result = await CommandResult.OfAsync("rank", _folder.File("videos"), "--out", Out, "--json");

        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        JsonElement report = JsonDocument.Parse(result.Out).RootElement;
        report.GetProperty("rows").GetArrayLength().ShouldBe(3);
        report.GetProperty("failures")[0].GetProperty("video").GetString().ShouldBe("broken");
        (await File.ReadAllTextAsync(Path.Combine(Out, "failures.csv"), TestContext.Current.CancellationToken)).ShouldContain("broken");

        CommandResult again = await CommandResult.OfAsync("rank", _folder.File("videos"), "--out", Out, "--json");
        again.ExitCode.ShouldBe(ExitCode.SomeFailed);
        JsonDocument.Parse(again.Out).RootElement.GetRawText().ShouldBe(report.GetRawText());
        (await File.ReadAllTextAsync(Path.Combine(Out, "failures.csv"), TestContext.Current.CancellationToken)).ShouldContain("broken");
    }

    [Fact]
    public async Task TwoFilesOfOneNameAndOddNamesAreRowsOfTheirOwn()
    {
        string film = await Films.ShortAsync();
        foreach (string name in new[] { "a/clip", "b/clip", "=cmd, \"x\"", "two\nlines" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File($"videos/{name}.mp4"))!);
            File.Copy(film, _folder.File($"videos/{name}.mp4"));
        }

        File.Copy(film, _folder.File("videos/a/clip.mov"));

        CommandResult result = await CommandResult.OfAsync("rank", _folder.File("videos"), "--out", Out, "--table", _folder.File("r.csv"), "--json");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        JsonElement[] rows = [.. JsonDocument.Parse(result.Out).RootElement.GetProperty("rows").EnumerateArray()];
        rows.Select(row => row.GetProperty("video").GetString()).ShouldBe(["=cmd, \"x\"", "a/clip", "a/clip-2", "b/clip", "two\nlines"]);
        rows.Select(row => row.GetProperty("rank").GetInt32()).ShouldBe([1, 1, 1, 1, 1]); // they are one film
        (await File.ReadAllTextAsync(_folder.File("r.csv"), TestContext.Current.CancellationToken)).ShouldContain("1,\"'=cmd, \"\"x\"\"\",");
    }

    [Fact]
    public async Task TheTerminalShowsAsManyColumnsAsFit()
    {
        await WriteFilmsAsync();

        foreach (int width in new[] { 80, 120 })
        {
            using StringWriter output = new();
            using StringWriter error = new();
            Terminal terminal = new(output, error) { Width = width };
            int code = await EvokeCommandLine.RunAsync(
                ["rank", _folder.File("videos"), "--out", Out, "--sort", Peak], terminal, TestContext.Current.CancellationToken);

            code.ShouldBe(ExitCode.Done, error.ToString());
            string[] lines = output.ToString().Split(Environment.NewLine);
            lines[0].ShouldBe($"by {Peak}, highest first: 3 videos");
            lines.ShouldAllBe(line => line.Length <= width);
            lines.Max(line => line.Length).ShouldBeGreaterThan(width - 24);
            lines.ShouldContain(line => line.Contains("series/still", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("--sort", "peak.montion", "did you mean 'peak.motion'?")]
    [InlineData("--where", "duration<5", "There is no column 'duration'")]
    [InlineData("--columns", "peak.motion.at_second", "did you mean 'peak.motion")]
    public async Task AColumnThatNoTableHasIsRefusedBeforeAnythingIsPredicted(string option, string value, string said)
    {
        await WriteFilmsAsync();

        CommandResult result = await CommandResult.OfAsync("rank", _folder.File("videos"), "--out", Out, option, value);

        result.ExitCode.ShouldBe(ExitCode.WrongUse, result.Error);
        result.Error.ShouldContain(said);
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public async Task TwoTablesInOneFileAreRefused()
    {
        string table = _folder.File("a.csv");

        CommandResult result = await CommandResult.OfAsync("rank", Out, "--table", table, "--scenes", Path.Combine(_folder.Path, ".", "a.csv"));

        result.ExitCode.ShouldBe(ExitCode.WrongUse, result.Error);
        result.Error.ShouldContain("is named 2 times");
    }

    [Fact]
    public async Task RowsAreChosenByConditionsAndTop()
    {
        await WriteFilmsAsync();

        CommandResult one = await CommandResult.OfAsync("rank", _folder.File("videos"), "--out", Out, "--sort", "duration_seconds", "--top", "1");
        CommandResult some = await CommandResult.OfAsync(
            "rank", Out, "--sort", "video", "--ascending", "--where", "duration_seconds<5", "--columns", "duration_seconds,peak.motion");

        one.Out.ShouldStartWith("by duration_seconds, highest first: 1 of 3 videos");
        some.ExitCode.ShouldBe(ExitCode.Done, some.Error);
        some.Out.ShouldStartWith("by video, lowest first: 2 of 3 videos");
        some.Out.ShouldNotContain("busy");
        (await CommandResult.OfAsync("rank", Out, "--sort", "peak.montion")).Error.ShouldContain("did you mean 'peak.motion'?");
        (await CommandResult.OfAsync("rank", Out, "--where", "peak")).ExitCode.ShouldBe(ExitCode.WrongUse);
    }

    [Fact]
    public async Task WhatCannotBeDoneIsSaidBeforeAnythingIs()
    {
        Directory.CreateDirectory(_folder.File("empty"));
        await WriteFilmsAsync();
        string videos = _folder.File("videos");
        (string[] Line, string Said)[] mistakes =
        [
            (["rank", _folder.File("empty"), "--out", Out], "has neither videos nor predictions"),
            (["rank", videos], "give --out DIR"),
            (["rank", videos, "--out", Out, "--table", "x.xlsx"], "x.xlsx"),
            (["rank", videos, "--out", Out, "--shard", "0/2", "--top", "3"], "--top has no effect on shard 0/2"),
        ];
        foreach ((string[] line, string said) in mistakes)
        {
            CommandResult result = await CommandResult.OfAsync(line);
            result.ExitCode.ShouldBe(ExitCode.WrongUse, result.Error);
            result.Error.ShouldContain(said);
        }

        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public async Task DamagedAndDoublePredictionsAreFailures()
    {
        await WriteFilmsAsync();
        (await CommandResult.OfAsync("rank", _folder.File("videos"), "--out", Out)).ExitCode.ShouldBe(ExitCode.Done);
        Directory.CreateDirectory(_folder.File("more"));
        File.Copy(Path.Combine(Out, "busy.json"), _folder.File("more/again.json"));
        await File.WriteAllTextAsync(_folder.File("more/other.json"), "{\"name\": 1}", TestContext.Current.CancellationToken);
        string text = await File.ReadAllTextAsync(Path.Combine(Out, "busy.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.File("more/cut.json"), text[..(text.Length / 2)], TestContext.Current.CancellationToken);

        CommandResult result = await CommandResult.OfAsync("rank", Out, _folder.File("more"), "--json");

        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        JsonElement report = JsonDocument.Parse(result.Out).RootElement;
        report.GetProperty("rows").GetArrayLength().ShouldBe(3);
        report.GetProperty("failures").EnumerateArray().Select(failure => Path.GetFileName(failure.GetProperty("video").GetString()))
            .ShouldBe(["again.json", "cut.json"]);
        result.Error.ShouldContain("1 .json file is not predictions and left out");
        (await CommandResult.OfAsync("rank", Out, "--model", "affect")).Error.ShouldContain("--model has no effect: no video is predicted.");
    }

    /// <summary>The page's SQL for SQLite, on CSV files as SQLite imports them: all columns are text.</summary>
    [Fact]
    public async Task TheSqlOfThePageRunsOnTheTables()
    {
        await WriteFilmsAsync();
        CommandResult result = await CommandResult.OfAsync(
            "rank", _folder.File("videos"), "--out", Out, "--table", _folder.File("ranking.csv"), "--scenes", _folder.File("scenes.csv"));
        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        string page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "rank.md"), TestContext.Current.CancellationToken);
        string query = page.Split("```sql\n")[2].Split("```")[0].Replace("peak.arousal", "peak.motion", StringComparison.Ordinal);

        using SqliteConnection database = new("Data Source=:memory:");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await ImportAsync(database, _folder.File("ranking.csv"), "v");
        await ImportAsync(database, _folder.File("scenes.csv"), "s");
        using SqliteCommand command = new(query, database);
        using SqliteDataReader found = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);

        List<double> peaks = [];
        while (await found.ReadAsync(TestContext.Current.CancellationToken))
        {
            peaks.Add(found.GetDouble(2));
        }

        peaks.Count.ShouldBeGreaterThanOrEqualTo(3);
        peaks.ShouldBeInOrder(SortDirection.Descending);
    }

    private static async Task ImportAsync(SqliteConnection database, string csv, string table)
    {
        using CsvReader rows = CsvReader.FromFile(csv, new CsvReaderOptions { Separator = ',' });
        string[] columns = [.. rows.Headers.ToArray().Select(name => $"\"{name}\" TEXT")];
        using SqliteCommand create = new($"CREATE TABLE {table} ({string.Join(", ", columns)})", database);
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        while (rows.Read())
        {
            using SqliteCommand insert = new($"INSERT INTO {table} VALUES ({string.Join(", ", columns.Select((_, i) => $"${i}"))})", database);
            for (int i = 0; i < columns.Length; i++)
            {
                insert.Parameters.AddWithValue($"${i}", rows.GetString(i));
            }

            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task WriteFilmsAsync()
    {
        Directory.CreateDirectory(_folder.File("videos/series"));
        File.Copy(await Films.ShortAsync(), _folder.File("videos/busy.mp4"));
        File.Copy(await TestFilms.FlashesAndBeepsAsync(4, [1, 3]), _folder.File("videos/series/ep1.mp4"));
        File.Copy(await TestFilms.FlashesAndBeepsAsync(4, []), _folder.File("videos/series/still.mp4"));
    }

    private async Task<string> TablesAsync(string name, params string[] line)
    {
        CommandResult result = await CommandResult.OfAsync(
            ["rank", .. line, "--table", _folder.File($"{name}.csv"), "--table", _folder.File($"{name}.parquet"), "--table", _folder.File($"{name}.json"),
                "--scenes", _folder.File($"{name}-scenes.csv")]);
        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        return string.Join('\n', new[] { ".csv", ".parquet", ".json", "-scenes.csv" }
            .Select(ending => Convert.ToBase64String(File.ReadAllBytes(_folder.File(name + ending)))));
    }
}
