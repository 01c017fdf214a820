using CsCheck;
using Evoke.Cli.Predict;

namespace Evoke.Cli.Tests.Predict;

public sealed class NamedVideoTests
{
    [Theory]
    [InlineData("a/clip.mp4 b/clip.mp4", "clip clip-2", 1)]
    [InlineData("a/clip.mp4 b/clip.webm c/CLIP.mov", "clip clip-2 CLIP-3", 2)]
    [InlineData("a/clip.mp4 b/clip.mp4 c/clip-2.mp4", "clip clip-3 clip-2", 1)]
    [InlineData("a/clip.mp4 a/../a/clip.mp4", "clip", 1)]
    [InlineData("a/failures.mp4 b/Failures.mp4 c/failures-2.mp4", "failures-3 Failures-4 failures-2", 2)]
    [InlineData(".mp4 ../.. x.tar.mp4", "video video-2 x.tar", 1)]
    public void VideosOfOneNameDoNotOverwriteEachOther(string paths, string names, int toldTimes)
    {
        List<string> told = [];

        NamedVideo.Of(paths.Split(' '), told.Add).Select(video => video.Name).ShouldBe(names.Split(' '));

        told.Count.ShouldBe(toldTimes);
    }

    [Fact]
    public void TheOtherVideoIsNamedAsItsFileIs()
    {
        List<string> told = [];

        NamedVideo.Of(["x.mkv", "X.mp4"], told.Add);

        told.ShouldHaveSingleItem().ShouldBe("'X.mp4' is written as X-2, because another video is named x.");
    }

    [Fact]
    public void NamesAreUniqueWhateverTheFilesAreCalled() =>
        Gen.Char["ab-2.A "].Array[1, 5].Select(letters => new string(letters)).Array[1, 12].Sample(paths =>
        {
            IReadOnlyList<NamedVideo> videos = NamedVideo.Of(paths, _ => { });

            videos.Select(video => video.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(videos.Count);
            videos.Select(video => video.Path).ShouldBe(paths.DistinctBy(Path.GetFullPath));
        });
}
