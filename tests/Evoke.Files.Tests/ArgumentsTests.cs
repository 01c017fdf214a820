namespace Evoke.Files.Tests;

/// <summary>Missing arguments are named before anything is touched.</summary>
public sealed class ArgumentsTests
{
    [Fact]
    public async Task AMissingActionIsNamed()
    {
        Should.Throw<ArgumentNullException>(() => AtomicFile.Write("/no/such/folder/a", null!)).ParamName.ShouldBe("write");
        (await Should.ThrowAsync<ArgumentNullException>(() => AtomicFile.WriteAsync("/no/such/folder/a", null!))).ParamName.ShouldBe("write");
        Should.Throw<ArgumentNullException>(() => AtomicFile.WriteWith("/no/such/folder/a", null!)).ParamName.ShouldBe("write");
        (await Should.ThrowAsync<ArgumentNullException>(() => AtomicFile.WriteWithAsync("/no/such/folder/a", null!))).ParamName.ShouldBe("write");
        (await Should.ThrowAsync<ArgumentNullException>(() => FileLock.TakeAsync("/no/such/folder/a", null!, default))).ParamName.ShouldBe("waiting");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void AMissingPathIsNamed(string? path)
    {
        Should.Throw<ArgumentException>(() => AtomicFile.Write(path!, _ => { })).ParamName.ShouldBe("path");
        Should.Throw<ArgumentException>(() => AtomicFile.Rename(path!, "/no/such/folder/a")).ParamName.ShouldBe("whole");
        Should.Throw<ArgumentException>(() => AtomicFile.Rename("/no/such/folder/a", path!)).ParamName.ShouldBe("path");
        Should.Throw<ArgumentException>(() => UnfinishedFile.NameFor(path!)).ParamName.ShouldBe("path");
        Should.Throw<ArgumentException>(() => FileLock.TryTake(path!)).ParamName.ShouldBe("path");
        Should.Throw<ArgumentException>(() => FileKind.SpecialName(path!)).ParamName.ShouldBe("path");
        Should.Throw<ArgumentException>(() => RealPath.Of(path!)).ParamName.ShouldBe("path");
        Should.Throw<ArgumentException>(() => WritableFolder.Create(path!)).ParamName.ShouldBe("folder");
        Should.Throw<ArgumentException>(() => LeftoverCleaner.Clean(path!)).ParamName.ShouldBe("folder");
    }

    [Fact]
    public void AMissingFileNameIsNamed() => Should.Throw<ArgumentNullException>(() => UnfinishedFile.IsOne(null!)).ParamName.ShouldBe("fileName");
}
