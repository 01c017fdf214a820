using Evoke.Files;
using Evoke.Studio.Api;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Library;
using Evoke.Studio.Storage;
using Evoke.Testing;
using Microsoft.AspNetCore.Http;

namespace Evoke.Studio.Tests;

/// <summary>A video that is deleted while a request for it is handled, and while its files are written.</summary>
public sealed class DeletedMeanwhileTests
{
    [Theory]
    [InlineData("could not be read")]
    [InlineData("is not a film")]
    public async Task ARequestForItIsAnsweredWithNotFound(string why)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));
        string id = await AddedAsync(studio);

        StudioRequestException error = await Should.ThrowAsync<StudioRequestException>(async () => await HandleAsync(studio, id, () =>
        {
            studio.Service<VideoLibrary>().Delete(id, deleteFile: false);
            throw why == "is not a film" ? new FileWriteException("film", new IOException(why)) : new FileNotFoundException(why);
        }));

        error.Status.ShouldBe(StatusCodes.Status404NotFound);
        error.Message.ShouldContain(id);
    }

    [Fact]
    public async Task AnErrorOfAVideoThatIsStillThereStaysWhatItIs()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));
        string id = await AddedAsync(studio);
        await Should.ThrowAsync<FileNotFoundException>(async () => await HandleAsync(studio, id, () => throw new FileNotFoundException()));
    }

    [Fact]
    public async Task FilesOfAnIdThatIsNotAVideosAreLeftAlone()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));
        string folder = studio.Service<AnalysisFiles>().ThumbnailFolder("other");
        AtomicFile.Write(Path.Combine(folder, "1000-184.jpg"), stream => stream.WriteByte(1));
        (await HandleAsync(studio, "other", () => "answered")).ShouldBe("answered");
        Directory.Exists(folder).ShouldBeTrue();
    }

    [Fact]
    public async Task WhatARequestWritesAfterTheDeletionGoesToo()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));
        string id = await AddedAsync(studio);
        string folder = studio.Service<AnalysisFiles>().ThumbnailFolder(id);

        (await HandleAsync(studio, id, () =>
        {
            studio.Service<VideoLibrary>().Delete(id, deleteFile: false);
            AtomicFile.Write(Path.Combine(folder, "1000-184.jpg"), stream => stream.WriteByte(1));
            return "made";
        })).ShouldBe("made");

        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public async Task FilesThatAreBeingWrittenDoNotKeepAFolderFromBeingDeleted()
    {
        using TemporaryFolder home = new();
        AnalysisFiles files = new(new() { DataFolder = home.Path });
        string folder = files.ThumbnailFolder("video1");
        using CancellationTokenSource over = new();
        Task writers = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (int i = 0; !over.IsCancellationRequested; i++)
            {
                try
                {
                    AtomicFile.Write(Path.Combine(folder, $"{writer}-{i % 50}.jpg"), stream => stream.WriteByte(1));
                }
                catch (FileWriteException)
                {
                    // Its folder was deleted under it.
                }
            }
        })));
        for (int i = 0; i < 200; i++)
        {
            files.Delete("video1");
        }

        await over.CancelAsync();
        await writers;
        files.Delete("video1");
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(folder)!).ShouldBeEmpty();
    }

    [Fact]
    public void AFolderWhoseDeletionWasCutShortGoesAtTheNextStart()
    {
        using TemporaryFolder home = new();
        string thumbnails = home.File("thumbnails");
        string cutShort = Directory.CreateDirectory(UnfinishedFile.NameFor(Path.Combine(thumbnails, "video1"))).FullName;
        File.WriteAllText(Path.Combine(cutShort, "1000-184.jpg"), "a picture");
        Directory.CreateDirectory(Path.Combine(thumbnails, "video2"));

        _ = new AnalysisFiles(new() { DataFolder = home.Path });

        Directory.EnumerateDirectories(thumbnails).Select(Path.GetFileName).ShouldBe(["video2"]);
    }

    private static async Task<string> AddedAsync(RunningStudio studio)
    {
        string film = Path.Combine(studio.Root, "a.mp4");
        await File.WriteAllTextAsync(film, "x", TestContext.Current.CancellationToken);
        return (await studio.AddAsync(film)).Single().Id;
    }

    private static async Task<object?> HandleAsync(RunningStudio studio, string id, Func<object?> handler)
    {
        DefaultHttpContext context = new() { Request = { Method = HttpMethods.Get, RouteValues = { ["id"] = id } } };
        DeletedMeanwhile filter = new(studio.Service<VideoTable>(), studio.Service<AnalysisFiles>());
        return await filter.InvokeAsync(new DefaultEndpointFilterInvocationContext(context), _ => ValueTask.FromResult(handler()));
    }
}
