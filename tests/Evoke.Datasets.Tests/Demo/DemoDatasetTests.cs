using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Metrics;
using Evoke.Datasets.Checking;
using Evoke.Datasets.Demo;
using Evoke.Media;
using Evoke.Media.Probing;
using Evoke.Media.Synthesis;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.Demo;

public sealed class DemoDatasetTests
{
    private static readonly DemoDataset s_dataset = DemoDataset.Draw(new DemoDatasetOptions { Videos = 60, Seconds = 90 });

    [Fact]
    public void TheSameSeedGivesTheSameScenesAndTheSameBytesOfLabels()
    {
        using TemporaryFolder folder = new();
        DemoDatasetOptions options = new() { Videos = 5, Seconds = 20, Seed = 7 };
        DemoDataset once = DemoDataset.Draw(options);
        DemoDataset again = DemoDataset.Draw(options);
        DemoDataset other = DemoDataset.Draw(options with { Seed = 8 });
        once.WriteLabels(folder.File("once"));
        again.WriteLabels(folder.File("again"));
        other.WriteLabels(folder.File("other"));

        once.Films.Select(film => film.Film.Scenes.ToArray()).ShouldBe(again.Films.Select(film => film.Film.Scenes.ToArray()));
        foreach (string name in new[] { "train.csv", "val.csv", "test.csv", "test_labels.csv" })
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(folder.Path, "once", name));
            File.ReadAllBytes(Path.Combine(folder.Path, "again", name)).ShouldBe(bytes);
            File.ReadAllBytes(Path.Combine(folder.Path, "other", name)).ShouldNotBe(bytes);
        }
    }

    [Fact]
    public void FilesAreOfTheEevForm()
    {
        using TemporaryFolder folder = new();
        DemoDataset.Draw(new DemoDatasetOptions { Videos = 10, Seconds = 12 }).WriteLabels(folder.Path);

        LabelledVideo[] train = [.. EevCsv.ReadLabels(folder.File("train.csv"))];
        LabelledVideo[] val = [.. EevCsv.ReadLabels(folder.File("val.csv"))];
        LabelledVideo[] labels = [.. EevCsv.ReadLabels(folder.File("test_labels.csv"))];
        VideoTimes[] test = [.. EevCsv.ReadTimes(folder.File("test.csv"))];

        (train.Length, val.Length, test.Length).ShouldBe((6, 2, 2));
        EevCsv.ReadScheme(folder.File("train.csv")).ShouldBe(EmotionScheme.Eev);
        EevCsv.ReadScheme(folder.File("test.csv")).ShouldBeNull();
        labels.Select(video => video.VideoId).ShouldBe(test.Select(video => video.VideoId));
        string[] ids = [.. train.Concat(val).Concat(labels).Select(video => video.VideoId)];
        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => id.Length == 11);
        train.ShouldAllBe(video => video.Curves.Grid == new TimeGrid(new Rate(6), 72));
    }

    [Fact]
    public void ScenesFillTheFilm()
    {
        s_dataset.Films.ShouldAllBe(film => film.Film.Scenes.Sum(scene => scene.Seconds) == 90);
        s_dataset.Films.SelectMany(film => film.Film.Scenes).ShouldAllBe(scene => scene.Seconds >= 4 && scene.Seconds <= 14);
    }

    [Fact]
    public void RangesAreUneven()
    {
        foreach ((string emotion, float least, float most) in new[] { ("interest", 0.7f, 0.9f), ("concentration", 0.6f, 0.9f) })
        {
            float[] values = [.. Values(emotion)];
            values.Max().ShouldBeInRange(least, most, emotion);
        }

        foreach (string emotion in new[] { "awe", "anger", "pain", "disappointment" })
        {
            float[] values = [.. Values(emotion)];
            (values.Count(value => value < 0.03) / (double)values.Length).ShouldBeGreaterThan(0.9, emotion);
            values.Max().ShouldBeGreaterThan(0.01f, emotion);
        }
    }

    [Fact]
    public void RowsOfZerosComeInGapsOfSecondsToHalfAMinute()
    {
        List<int> gaps = [];
        int rows = 0;
        foreach (EmotionCurves curves in s_dataset.Films.Select(film => film.Labels.Curves))
        {
            int gap = 0;
            for (int step = 0; step < curves.Grid.Count; step++, rows++)
            {
                if (!curves.Row(step).ContainsAnyExcept(0f))
                {
                    gap++;
                    continue;
                }

                if (gap > 0)
                {
                    gaps.Add(gap);
                }

                gap = 0;
            }
        }

        gaps.Count.ShouldBeGreaterThan(20);
        gaps.Max().ShouldBeLessThanOrEqualTo(2 * 30 * 6);
        gaps.Average().ShouldBeInRange(3 * 6, 20 * 6);
        (gaps.Sum() / (double)rows).ShouldBeInRange(0.05, 0.3);
    }

    [Fact]
    public void FeelingsRiseFastAndFadeSlowly()
    {
        SyntheticScene quiet = new() { Seconds = 20, Brightness = 0.3, Motion = 0, Loudness = 0 };
        SyntheticScene loud = new() { Seconds = 20, Brightness = 0.7, Motion = 1, Loudness = 1, BeatsPerSecond = 4, CutsPerSecond = 1 };
        float[] interest = DemoLabels.Feelings(new SyntheticFilm { Scenes = [quiet, loud, quiet] }).Column(EmotionScheme.Eev.IndexOf("interest"));

        float calm = interest[(20 * 6) - 1], excited = interest[(40 * 6) - 1];
        excited.ShouldBeGreaterThan(calm + 0.2f);
        float half = (calm + excited) / 2;
        int rise = Array.FindIndex(interest, 120, value => value > half) - 120;
        int fade = Array.FindIndex(interest, 246, value => value < half) - 240;
        fade.ShouldBeGreaterThan(2 * rise);
    }

    [Fact]
    public void LabelsFollowTheFilmAndNotTheClock()
    {
        DemoDatasetFilm[] train = [.. s_dataset.Films.Where(film => film.Split == DatasetSplit.Train)];
        DemoDatasetFilm[] test = [.. s_dataset.Films.Where(film => film.Split == DatasetSplit.Test)];
        EmotionCurves clock = MeanOf(train);

        double ofClock = test.Average(film => Pearson(clock, film.Labels.Curves));
        double ofFilm = test.Average(film => Pearson(DemoDataset.FeelingsOf(film), film.Labels.Curves));

        ofClock.ShouldBeLessThan(0.1);
        ofFilm.ShouldBeGreaterThan(0.6);
    }

    [Fact]
    public async Task FilmsAreAsLongAsTheirLabelsHaveSoundAndAreMadeOnce()
    {
        using TemporaryFolder folder = new();
        DemoDataset dataset = DemoDataset.Draw(new DemoDatasetOptions { Videos = 3, Seconds = 10 });
        await dataset.WriteAsync(folder.Path);
        string[] films = [.. dataset.Films.Select(film => Path.Combine(DemoDataset.VideosOf(folder.Path), film.VideoId + ".mp4"))];
        byte[] first = await File.ReadAllBytesAsync(films[0]);
        DateTime kept = File.GetLastWriteTimeUtc(films[1]);
        File.Delete(films[0]); // as if stopped before it
        File.Delete(folder.File("train.csv"));

        await dataset.WriteAsync(folder.Path);

        (await File.ReadAllBytesAsync(films[0])).ShouldBe(first);
        File.GetLastWriteTimeUtc(films[1]).ShouldBe(kept);
        DatasetCheckReport check = await DatasetCheck.RunAsync(new DatasetCheckOptions
        {
            LabelFiles = [folder.File("train.csv"), folder.File("val.csv"), folder.File("test.csv")],
            Videos = DemoDataset.VideosOf(folder.Path),
            ToleranceSeconds = 0.2,
        });
        check.Disagreements.ShouldBeEmpty();
        check.Files.ShouldBe(3);
        MediaInfo info = await MediaProbe.ProbeAsync(films[0]);
        info.Audio.ShouldNotBeNull();
        (info.Video!.Width, info.Video.Height).ShouldBe((160, 90));
        await Should.ThrowAsync<DemoFolderException>(() => DemoDataset.Draw(dataset.Options with { Seed = 2 }).WriteAsync(folder.Path));
    }

    [Theory]
    [InlineData(2, 60)]
    [InlineData(10, 9)]
    public void TooFewOrTooShortFilmsAreRefused(int videos, int seconds) =>
        Should.Throw<ArgumentOutOfRangeException>(() => DemoDataset.Draw(new DemoDatasetOptions { Videos = videos, Seconds = seconds }));

    private static IEnumerable<float> Values(string emotion) =>
        s_dataset.Films.SelectMany(film => film.Labels.Curves.Column(EmotionScheme.Eev.IndexOf(emotion)));

    private static EmotionCurves MeanOf(DemoDatasetFilm[] films)
    {
        EmotionCurves first = films[0].Labels.Curves;
        float[] mean = new float[first.Values.Length];
        foreach (DemoDatasetFilm film in films)
        {
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += film.Labels.Curves.Values[i] / films.Length;
            }
        }

        return new EmotionCurves(first.Scheme, first.Grid, mean);
    }

    private static double Pearson(EmotionCurves predicted, EmotionCurves label)
    {
        double sum = 0;
        for (int emotion = 0; emotion < label.Scheme.Count; emotion++)
        {
            PairedStatistics statistics = default;
            for (int step = 0; step < label.Grid.Count; step++)
            {
                statistics.Add(predicted[step, emotion], label[step, emotion]);
            }

            sum += statistics.Pearson;
        }

        return sum / label.Scheme.Count;
    }
}
