using CsCheck;
using Evoke.Curves.Csv;
using Evoke.Files;
using Evoke.Testing;

namespace Evoke.Curves.Tests.Csv;

public sealed class CsvTableTests : IDisposable
{
    private static readonly string[] s_columns = ["id", "text"];

    private readonly TemporaryFolder _folder = new();

    private string Table => _folder.File("table.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatIsWrittenIsRead() => Gen.String[Gen.Char["=+-@'\t\r\n,\" aé"], 0, 6].Array[2].Array[0, 9].Sample(
        rows =>
        {
            CsvTable.Write(Table, s_columns, rows);
            Read().Select(row => row.Fields).ShouldBe(rows);
        },
        iter: 50,
        threads: 1);

    [Fact]
    public void NoCellIsAFormula()
    {
        CsvTable.Write(Table, s_columns, [["=cmd|' /C calc'!A0", "-dashed_one"]]);
        File.ReadAllLines(Table)[1].ShouldBe("'=cmd|' /C calc'!A0,'-dashed_one");
    }

    [Fact]
    public void CellsWithoutAnApostropheStayAsTheyAre()
    {
        File.WriteAllText(Table, "id,text\n-dashed_one,=1\n");
        Read().ShouldHaveSingleItem().Fields.ShouldBe(["-dashed_one", "=1"]);
    }

    [Theory]
    [InlineData("", "1: expected the header 'id,text', found ''")]
    [InlineData("a,b\n", "1: expected the header 'id,text', found 'a,b'")]
    [InlineData("id,\"te\"xt\n", "1: ")]
    [InlineData("id,text\na\n", "2: expected 2 fields, found 1")]
    [InlineData("id,text\na,b\nc,d\"e\n", "3: the row cannot be read: found a quote inside an unquoted field.")]
    [InlineData("id,text\na,\"never closed\n", "2: the row cannot be read: found a quoted field that is never closed.")]
    [InlineData("id,text\na,b\nc,d\0e\n", "3: the field 'text' contains a NUL character.")]
    [InlineData("id,text\na\0,b\n", "2: the field 'id' contains a NUL character.")]
    public void DamageIsNamedByItsLine(string content, string said)
    {
        File.WriteAllText(Table, content);
        Should.Throw<MistakeException>(() => Read().ToArray()).Message.ShouldStartWith(said);
    }

    [Fact]
    public void AFileThatIsMissingOrCannotBeReadIsNamed()
    {
        Should.Throw<FileReadException>(() => Read().ToArray()).Message.ShouldBe($"Cannot read {Table}: there is no such file.");
        Directory.CreateDirectory(Table);
        Should.Throw<FileReadException>(() => Read().ToArray()).Message.ShouldStartWith($"Cannot read {Table}: ");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a file whose reading fails.");
        Should.Throw<FileReadException>(() => CsvTable.Read("/proc/self/mem", s_columns, (line, problem) => new MistakeException(line, problem)).ToArray())
            .Message.ShouldStartWith("Cannot read /proc/self/mem: ");
    }

    [Fact]
    public void ArgumentsThatAreMissingAreNamed()
    {
        static MistakeException Mistake(long line, string problem) => new(line, problem);
        Should.Throw<ArgumentException>(() => CsvTable.Read("", s_columns, Mistake)).ParamName.ShouldBe("path");
        Should.Throw<ArgumentNullException>(() => CsvTable.Read(Table, null!, Mistake)).ParamName.ShouldBe("columns");
        Should.Throw<ArgumentNullException>(() => CsvTable.Read(Table, s_columns, null!)).ParamName.ShouldBe("mistake");
        Should.Throw<ArgumentNullException>(() => CsvTable.Write(Table, null!, [])).ParamName.ShouldBe("columns");
        Should.Throw<ArgumentNullException>(() => CsvTable.Write(Table, s_columns, null!)).ParamName.ShouldBe("rows");
    }

    private IEnumerable<CsvRow> Read() => CsvTable.Read(Table, s_columns, (line, problem) => new MistakeException(line, problem));

    private sealed class MistakeException(long line, string problem) : EvokeException(FormattableString.Invariant($"{line}: {problem}"));
}
