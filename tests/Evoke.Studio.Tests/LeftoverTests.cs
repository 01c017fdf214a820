using Evoke.Files;
using Evoke.Studio.Disk;
using Evoke.Studio.Options;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

public sealed class LeftoverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OldLeftoversOfEveryFolderAreRemovedAtTheStartAndYoungOnesStay()
    {
        string[] folders = ["features/video1", "thumbnails/video1", "previews", "uploads"];
        string[] old = [.. folders.Select(folder => Make(folder, TimeSpan.FromHours(2)))];
        string[] young = [.. folders.Select(folder => Make(folder, TimeSpan.FromMinutes(5)))]; // Another Studio that uses this folder may be writing them.

        StudioOptions options = new() { DataFolder = _folder.Path };
        _ = new AnalysisFiles(options);
        _ = new UploadStore(options, null!); // No upload starts, so the quota is not used.

        old.Where(File.Exists).ShouldBeEmpty();
        young.ShouldAllBe(path => File.Exists(path));
    }

    private string Make(string folder, TimeSpan age)
    {
        string path = UnfinishedFile.NameFor(Path.Combine(Directory.CreateDirectory(_folder.File(folder)).FullName, "a.bin"));
        File.WriteAllText(path, "half");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - age);
        return path;
    }
}
