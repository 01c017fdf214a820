namespace Evoke.Files.Tests;

public sealed class PlainMessageTests
{
    public static TheoryData<Exception, string> Errors => new()
    {
        { new ArgumentException("Names must differ.", "names"), "Names must differ." },
        { new ArgumentOutOfRangeException("rate", 3, "The rate is too high."), "The rate is too high." },
        { new InvalidOperationException("It is over. (Parameter 'x')"), "It is over." },
        { new FileReadException("a (Parameter 'b')", new IOException("no")), new FileReadException("a (Parameter 'b')", new IOException("no")).Message },
        { new IOException("No space left."), "No space left." },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void TheParameterIsLeftOut(Exception error, string plain) => PlainMessage.Of(error).ShouldBe(plain);

    [Fact]
    public void AnUnexpectedFailureHasNoParameterEither() =>
        new UnexpectedFailureException("film.mp4", new ArgumentException("odd", "names")).Message.ShouldNotContain("Parameter");

    [Fact]
    public void NorHasAFileThatCannotBeReadOrWritten()
    {
        ArgumentException odd = new("The name is odd.", "path");
        new FileReadException("film.mp4", odd).Message.ShouldBe("Cannot read film.mp4: The name is odd.");
        new FileWriteException("film.mp4", odd).Message.ShouldBe("Cannot write film.mp4: The name is odd.");
    }
}
