using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evoke.Files.Tests;

public sealed class PlainMessageTests
{
    private static readonly JsonSerializerOptions s_strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

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

    [Theory]
    [InlineData("{\n  oh", "line 2, column 3: expected a name in quotes; found 'o'.")]
    [InlineData("{\"Seconds\": film}", "line 1, column 14: expected a value; found 'film}'.")]
    [InlineData("{\"Seconds\": }", "line 1, column 13: expected a value; found '}'.")]
    [InlineData("{\"Seconds\": 1 ", "line 1, column 15: expected more; found the end: it may be cut off.")]
    [InlineData("{\"Seconds\": \"1", "line 1, column 15: expected more; found the end: it may be cut off.")]
    [InlineData("", "line 1, column 1: expected a value; found nothing.")]
    [InlineData("[]", "line 1, column 2: the whole has another kind of value than expected.")]
    [InlineData("{\"Seconds\": \"long\"}", "line 1, column 19: 'Seconds' has another kind of value than expected.")]
    [InlineData("{}", "expected 'Seconds'; found nothing of that name.")]
    [InlineData("{\"Seconds\": 1, \"Minutes\": 2}", "'Minutes' is not expected here.")]
    public void AMistakeInJsonHasItsPlaceAndNoWordsOfPrograms(string json, string plain) =>
        PlainMessage.Of(Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Film>(json, s_strict))).ShouldBe(plain);

    [Fact]
    public void AMistakeInJsonThatEvokeFoundItselfStaysAsItIs() =>
        PlainMessage.Of(new JsonException("expected a rate above 0 Hz, found 0")).ShouldBe("expected a rate above 0 Hz, found 0");

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

    private sealed record Film
    {
        public required double Seconds { get; init; }
    }
}
