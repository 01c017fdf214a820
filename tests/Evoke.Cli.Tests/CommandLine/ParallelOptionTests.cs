using Evoke.Cli.Options;
using Evoke.Encoders.Extraction;

namespace Evoke.Cli.Tests.CommandLine;

public sealed class ParallelOptionTests
{
    [Theory]
    [InlineData(3, false, 10, 3)]
    [InlineData(3, true, 10, 3)] // a request counts where one is the default
    [InlineData(3, false, 2, 2)] // no more than there are videos
    [InlineData(null, true, 10, 1)]
    [InlineData(null, false, 1, 1)]
    [InlineData(null, false, 0, 1)]
    public void ARequestCountsAndElseWhatIsUsual(int? given, bool isAlone, int videos, int expected) =>
        ParallelOption.Number(given, isAlone, videos).ShouldBe(expected);

    [Fact]
    public void WithoutARequestAsManyAsIsUsual() => ParallelOption.Number(null, isAlone: false, 1000).ShouldBe(VideosAtOnce.Usual);
}
