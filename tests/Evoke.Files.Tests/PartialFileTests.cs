using Evoke.Testing;

namespace Evoke.Files.Tests;

public sealed class PartialFileTests : IDisposable
{
    private static readonly PartialNote Note = new("http://host.test/a", "\"v1\"", "yesterday", 5);
    private readonly TemporaryFolder _folder = new();
    private readonly PartialFile _part;

    public PartialFileTests() => _part = new PartialFile(_folder.File("a.part"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NothingIsThereAtFirst()
    {
        _part.Length.ShouldBe(0);
        _part.ReadNote().ShouldBeNull();
        new PartialFile(_folder.File("no/such/folder/a")).ReadNote().ShouldBeNull();
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void BytesAreAppendedAndTheNoteIsBesideThem()
    {
        _part.StartAnew(Note);
        Append(1, 2);
        Append(3);

        _part.Length.ShouldBe(3);
        File.ReadAllBytes(_part.DataPath).ShouldBe([1, 2, 3]);
        _part.ReadNote().ShouldBe(Note);
        Directory.GetFiles(_folder.Path).ShouldBe([_part.DataPath, _part.DataPath + ".json"], ignoreOrder: true);
        new PartialFile(_part.DataPath).ReadNote().ShouldBe(Note, "a later run finds it");
    }

    [Fact]
    public void StartingAnewForgetsWhatWasThere()
    {
        _part.StartAnew(Note);
        Append(1, 2);
        _part.StartAnew(Note with { Bytes = 7 });
        _part.Length.ShouldBe(0);
        _part.ReadNote()!.Bytes.ShouldBe(7);
    }

    [Fact]
    public void ADamagedNoteIsNone()
    {
        File.WriteAllText(_part.DataPath + ".json", "{");
        _part.ReadNote().ShouldBeNull();
    }

    [Fact]
    public void MovingReplacesWhatWasThereAndTakesTheNoteAway()
    {
        _part.StartAnew(Note);
        Append(1, 2);
        File.WriteAllText(_folder.File("a"), "old");
        _part.MoveTo(_folder.File("a"));
        File.ReadAllBytes(_folder.File("a")).ShouldBe([1, 2]);
        Directory.GetFiles(_folder.Path).ShouldBe([_folder.File("a")]);
    }

    [Fact]
    public void DeletingLeavesNothing()
    {
        _part.StartAnew(Note);
        Append(1);
        _part.Delete();
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void AFileThatCannotBeOpenedIsAWriteError()
    {
        Directory.CreateDirectory(_part.DataPath);
        Should.Throw<FileWriteException>(() => _part.OpenEnd().Dispose()).Path.ShouldBe(_part.DataPath);
    }

    private void Append(params byte[] bytes)
    {
        using FileStream end = _part.OpenEnd();
        end.Write(bytes);
    }
}
