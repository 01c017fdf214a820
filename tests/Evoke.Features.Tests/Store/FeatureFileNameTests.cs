using CsCheck;
using Evoke.Features.Store;

namespace Evoke.Features.Tests.Store;

public sealed class FeatureFileNameTests
{
    [Theory]
    [InlineData("dQw4w9WgXcQ", "dQw4w9WgXcQ.safetensors")]
    [InlineData("-0zxcvbnm_1", "-0zxcvbnm_1.safetensors")]
    [InlineData("--a", "--a.safetensors")]
    [InlineData("a.b", "a.b.safetensors")]
    [InlineData("Große Fahrt 東京", "Große Fahrt 東京.safetensors")]
    [InlineData("a/b", "a%2Fb.safetensors")]
    [InlineData("..", "%2E%2E.safetensors")]
    [InlineData("../etc/passwd", "%2E.%2Fetc%2Fpasswd.safetensors")]
    [InlineData(".hidden", "%2Ehidden.safetensors")]
    [InlineData(" ends with blank ", "%20ends with blank%20.safetensors")]
    [InlineData("100%", "100%25.safetensors")]
    [InlineData("line\nbreak\0", "line%0Abreak%00.safetensors")]
    [InlineData("a:b*c?d\"e<f>g|h\\", "a%3Ab%2Ac%3Fd%22e%3Cf%3Eg%7Ch%5C.safetensors")]
    public void AnIdHasAFileNameThatIsSafe(string id, string name)
    {
        FeatureFileName.FromId(id).ShouldBe(name);
        FeatureFileName.TryGetId(name, out string? back).ShouldBeTrue();
        back.ShouldBe(id);
    }

    [Fact]
    public void EveryIdComesBackFromItsFileName()
        => Gen.String[1, 20].Where(id => id.EnumerateRunes().All(rune => rune.Value != 0xFFFD)).Sample(id =>
        {
            string name = FeatureFileName.FromId(id);
            return Path.GetFileName(name) == name && FeatureFileName.TryGetId(name, out string? back) && back == id;
        });

    [Theory]
    [InlineData("a%2fb.safetensors")] // FromId writes capitals
    [InlineData("a%41.safetensors")] // and escapes no letter
    [InlineData("a%zz.safetensors")]
    [InlineData("a%2.safetensors")]
    [InlineData("%FF.safetensors")]
    [InlineData(".safetensors")]
    [InlineData("a.h5")]
    public void NamesThatNoIdHasAreRefused(string name) => FeatureFileName.TryGetId(name, out _).ShouldBeFalse();

    [Fact]
    public void IdsWithoutAFileNameAreRefused()
    {
        Should.Throw<ArgumentException>(() => FeatureFileName.FromId(""));
        Should.Throw<VideoIdException>(() => FeatureFileName.FromId("a\uD800")).Message.ShouldContain("Unicode at character 1");
        Should.Throw<VideoIdException>(() => FeatureFileName.FromId(new string('x', 300))).Message.ShouldContain("312 bytes");
    }
}
