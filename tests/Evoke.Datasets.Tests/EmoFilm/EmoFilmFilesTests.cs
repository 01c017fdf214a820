using Evoke.Datasets.EmoFilm;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.EmoFilm;

public sealed class EmoFilmFilesTests : IDisposable
{
    private static readonly string s_hash = new('a', 64);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ThePublishedListHasEveryRaterItemAndFilm()
    {
        EmoFilmFile[] files = [.. EmoFilmFiles.Published()];
        EmoFilmFile[] traces = [.. files.Where(file => file.Item is not null)];

        (files.Length, files.Sum(file => file.Bytes), traces.Length).ShouldBe((3746, 6_412_317, 3731));
        traces.Select(file => file.Rater).Distinct().Count().ShouldBe(44);
        traces.Select(file => file.Item!).Distinct().ShouldBe(EmoFilmItems.All, ignoreOrder: true);
        (EmoFilmItems.All.Length, EmoFilmItems.Consensus.Length, EmoFilmItems.Feelings.Length).ShouldBe((55, 50, 20));
        EmoFilmItems.Feelings.Except(EmoFilmItems.Consensus).ShouldBeEmpty();
        traces.Count(file => file.Film == "LeassonLearned").ShouldBe(171);
        traces.ShouldAllBe(file => RatedFilm.All.Count(film => film.Has(file)) == 1);
        RatedFilm.All.Where(film => files.Any(file => file.Item is null && film.Has(file))).ShouldBe(RatedFilm.All.Where(film => film.IsInConsensus));
        RatedFilm.All.Where(film => !film.IsInConsensus).Select(film => film.Name).ShouldBe(["DamagedKungFu", "RidingTheRails"]);
    }

    [Theory]
    [InlineData("sub-a/beh/sub-a_task-../x_recording-Sad_stim.tsv.gz\t1\t")]
    [InlineData("../derivatives/Annot_Sintel_stim.tsv.gz\t1\t")]
    [InlineData("sub-a/beh/sub-b_task-Sintel_recording-Sad_stim.tsv.gz\t1\t")]
    [InlineData("derivatives/Annot_Sintel_stim.tsv.gz\t-1\t")]
    [InlineData("derivatives/Annot_Sintel_stim.tsv.gz\t1\tA")]
    [InlineData("derivatives/Annot_Sintel_stim.tsv.gz\t1\0\t")]
    public void AListThatNamesOtherPathsIsRefusedWithItsRow(string line)
    {
        File.WriteAllText(_folder.File("list.tsv"), $"path\tbytes\tsha256\nderivatives/Annot_Sintel_stim.tsv.gz\t1\t{s_hash}\n{line}{s_hash}\n");

        RatingFilesException error = Should.Throw<RatingFilesException>(() => EmoFilmFiles.Read(_folder.File("list.tsv")));

        error.Mistakes.Single().Place.ShouldBe(new RatingPlace(_folder.File("list.tsv"), Row: 3));
    }

    [Fact]
    public void AListWithoutItsHeaderOrWithoutAFileIsAMistake()
    {
        File.WriteAllText(_folder.File("list.tsv"), "file\tsize\n");

        Should.Throw<RatingFilesException>(() => EmoFilmFiles.Read(_folder.File("list.tsv"))).Message.ShouldContain("path, bytes, sha256");
        Should.Throw<FileReadException>(() => EmoFilmFiles.Read(_folder.File("none.tsv")));
    }
}
