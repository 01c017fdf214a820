using System.Net;
using System.Net.Sockets;
using Evoke.Cli.Shell;
using Evoke.Studio;
using Evoke.Studio.Options;
using Evoke.Testing;
using Microsoft.AspNetCore.Builder;

namespace Evoke.Cli.Tests.Studio;

/// <summary>What prevents Studio from starting is said in one sentence, with exit code 2.</summary>
public sealed class StudioStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task ADataFolderBelongsToOneStudioAtATime()
    {
        await using (WebApplication first = StudioServer.Build(new StudioOptions { Port = 0, DataFolder = _folder.File("data") }))
        {
            await ShouldRefuseAsync(["--data", _folder.File("data")], $"Another Studio uses the data folder {_folder.File("data")}. ");
        }

        await using WebApplication next = StudioServer.Build(new StudioOptions { Port = 0, DataFolder = _folder.File("data") });
    }

    [Fact]
    public async Task APortThatIsTakenIsSaid()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await ShouldRefuseAsync(
            ["--port", $"{port}"], $"cannot listen on 127.0.0.1, port {port}: another program, perhaps another Studio, uses it. Give another --port.");
    }

    [Fact]
    public Task AFolderOfModelsThatIsNotThereIsSaid() =>
        ShouldRefuseAsync(["--models", _folder.File("nowhere")], $"The folder {_folder.File("nowhere")} given with --models does not exist.");

    [Fact]
    public Task AnAddressOfAnotherMachineIsSaid() => // 192.0.2.0/24 is for documentation: no machine has it.
        ShouldRefuseAsync(["--address", "192.0.2.1", "--token", "x"], "cannot listen on 192.0.2.1, port 0: this machine does not have the address.");

    [Theory]
    [InlineData("noise")]
    [InlineData("cut")]
    [InlineData("other-tables")]
    public async Task ADamagedDatabaseIsNamedWithWhatToDo(string how)
    {
        string data = Directory.CreateDirectory(_folder.File("data")).FullName, database = Path.Combine(data, "studio.db");
        await (await StartedAsync(data)).DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        byte[] whole = await File.ReadAllBytesAsync(database, TestContext.Current.CancellationToken);
        byte[] damaged = how switch
        {
            "noise" => GoldenTensor.Units("noise", 3000).SelectMany(BitConverter.GetBytes).ToArray(),
            "cut" => whole[..(whole.Length / 2)],
            _ => whole.AsSpan().IndexOf("CREATE TABLE job"u8) is var at
                ? [.. whole[..at], .. "CREATE TABLE jab"u8, .. whole[(at + "CREATE TABLE job".Length)..]]
                : whole,
        };
        await File.WriteAllBytesAsync(database, damaged, TestContext.Current.CancellationToken);

        await ShouldRefuseAsync(["--data", data], $"The database {database} is damaged (", "Restore it from a backup, or rename it");
        (await File.ReadAllBytesAsync(database, TestContext.Current.CancellationToken)).ShouldBe(damaged, "it may be mended by hand");
    }

    [Fact]
    public async Task ARowThatNoStudioWritesIsFoundAtTheStart()
    {
        string? hostile = SourceTree.Root is null ? null : Path.Combine(SourceTree.Root, "..", "shared", "hostile", "sqlite-5.db");
        Assert.SkipUnless(File.Exists(hostile), "shared/hostile/sqlite-5.db is not beside the checkout.");
        string data = Directory.CreateDirectory(_folder.File("data")).FullName, database = Path.Combine(data, "studio.db");
        byte[] damaged = await File.ReadAllBytesAsync(hostile, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(database, damaged, TestContext.Current.CancellationToken);

        await ShouldRefuseAsync(["--data", data], $"The database {database} is damaged (the result of video ");
    }

    [Fact]
    public async Task ADataFolderThatCannotBeWrittenToIsSaid()
    {
        using SmallDisk? disk = SmallDisk.TryMount(kilobytes: 4096);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        await (await StartedAsync(disk.Path)).DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();

        disk.Fill();
        await ShouldRefuseAsync(
            ["--data", disk.Path], $"Cannot write {disk.Path}: the disk is full: 0.3 MB are needed, 0 MB are free. Make room, or give another --data folder.");
        disk.MakeReadOnly();
        await ShouldRefuseAsync(["--data", disk.Path], $"Cannot write {disk.Path}/studio.lock: the file system is read-only.");
    }

    [Fact]
    public async Task AFileInPlaceOfTheDataFolderIsSaid()
    {
        await File.WriteAllTextAsync(_folder.File("data"), "x", TestContext.Current.CancellationToken);

        CommandResult result = await CommandResult.OfAsync("studio", "--data", _folder.File("data"));

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain($"--data takes a folder; '{_folder.File("data")}' is a file.");
    }

    private static async Task<WebApplication> StartedAsync(string data)
    {
        WebApplication app = StudioServer.Build(new StudioOptions { Port = 0, DataFolder = data });
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private async Task ShouldRefuseAsync(string[] arguments, params string[] said)
    {
        string[] port = arguments.Contains("--port") ? [] : ["--port", "0"], data = arguments.Contains("--data") ? [] : ["--data", _folder.File("data")];

        CommandResult result = await CommandResult.OfAsync(["studio", .. arguments, .. port, .. data]);

        result.ExitCode.ShouldBe(ExitCode.WrongUse, result.Error);
        foreach (string part in said)
        {
            result.Error.ShouldContain(part);
        }

        result.Error.Trim().Split('\n').ShouldHaveSingleItem();
    }
}
