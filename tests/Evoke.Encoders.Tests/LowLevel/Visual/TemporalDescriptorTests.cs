using CsCheck;

namespace Evoke.Encoders.Tests.LowLevel.Visual;

public sealed class TemporalDescriptorTests
{
    private const int FrameRate = 6; // of features at 1 Hz

    [Fact]
    public void AStillPictureHasNoMotionNoChangeAndNoCut()
    {
        Pictures.Rows rows = Pictures.Encode(1, Enumerable.Repeat(Pictures.Texture("still"), 4 * FrameRate));
        string[] constant =
        [
            "motion.activity", "motion.peak", "motion.residual", "change.difference", "change.pixels", "change.histogram", "change.flicker", "cut.rate",
            "cut.strength",
        ];
        foreach (string name in constant)
        {
            rows.Column(name).ShouldAllBe(value => value == 0, name);
        }

        rows.Column("cut.age").ShouldBe([6 / 180f, 12 / 180f, 18 / 180f, 24 / 180f], 1e-5);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(-7, 0)]
    [InlineData(0, 3)]
    [InlineData(5, -4)]
    public void APanHasItsSpeedAndDirection(double dx, double dy)
    {
        Picture picture = Pictures.Texture("pan");
        Pictures.Rows rows = Pictures.Encode(1, Enumerable.Range(0, 3 * FrameRate).Select(i => picture.Moved(i * dx, i * dy)));
        double perSecond = FrameRate / (double)Pictures.Width;
        double speed = Math.Sqrt((dx * dx) + (dy * dy)) * perSecond;
        for (int step = 0; step < rows.Count; step++)
        {
            ((double)rows[step, "motion.right"]).ShouldBe(dx * perSecond, 0.12 * speed);
            ((double)rows[step, "motion.down"]).ShouldBe(dy * perSecond, 0.12 * speed);
            ((double)rows[step, "motion.activity"]).ShouldBe(speed, 0.15 * speed);
            rows[step, "motion.coherence"].ShouldBeGreaterThan(0.85f * (float)Math.Min(1, speed / FrameRate * 64)); // Slow motion has less.
            rows[step, "cut.rate"].ShouldBe(0);
        }
    }

    [Fact]
    public void AZoomInGrowsAndAZoomOutShrinks()
    {
        Picture picture = Pictures.Texture("zoom");
        double perFrame = 1.03;
        Pictures.Rows zoomIn = Pictures.Encode(1, Enumerable.Range(0, 2 * FrameRate).Select(i => picture.Zoomed(Math.Pow(perFrame, i))));
        Pictures.Rows zoomOut = Pictures.Encode(1, Enumerable.Range(0, 2 * FrameRate).Select(i => picture.Zoomed(Math.Pow(perFrame, -i))));
        double expected = (perFrame - 1) * FrameRate;
        ((double)zoomIn[1, "motion.zoom"]).ShouldBe(expected, 0.3 * expected);
        ((double)zoomOut[1, "motion.zoom"]).ShouldBe(-expected, 0.3 * expected);
        zoomIn[1, "motion.coherence"].ShouldBeLessThan(0.4f);
    }

    [Fact]
    public void MirroringThePictureTurnsOnlyTheDirectionOfMotion()
        => Gen.Int[0, 100].Sample(seed =>
        {
            Picture picture = Pictures.Texture(FormattableString.Invariant($"mirror{seed}"));
            Picture[] film = [.. Enumerable.Range(0, FrameRate).Select(i => picture.Moved(3 * i, i))];
            Pictures.Rows plain = Pictures.Encode(1, film);
            Pictures.Rows mirrored = Pictures.Encode(1, film.Select(Pictures.Mirrored));
            mirrored[0, "motion.right"].ShouldBe(-plain[0, "motion.right"], 0.02f);
            mirrored[0, "motion.activity"].ShouldBe(plain[0, "motion.activity"], 0.02f);
            mirrored[0, "light.mean"].ShouldBe(plain[0, "light.mean"], 1e-5f);
        }, iter: 20);

    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public void CutsAreCountedWhereTheyAre(int cutsPerSecond, int framesPerShot)
    {
        IEnumerable<Picture> film = Enumerable.Range(0, 5 * FrameRate).Select(i => Shot(i / framesPerShot).Moved(i, 0));
        float[] rate = Pictures.Encode(1, film).Column("cut.rate");
        rate.ShouldBe([cutsPerSecond - 1, cutsPerSecond, cutsPerSecond, cutsPerSecond, cutsPerSecond]); // the start of the film is not a cut
    }

    [Fact]
    public void ACutIsNoMotion()
    {
        IEnumerable<Picture> film = Enumerable.Range(0, 4 * FrameRate).Select(i => Shot(i / FrameRate));
        Pictures.Encode(1, film).Column("motion.activity").ShouldAllBe(activity => activity == 0);
    }

    [Fact]
    public void AFlashIsNoCutButFlickers()
    {
        Picture picture = Pictures.Texture("flash").Lit(0.5);
        IEnumerable<Picture> film = Enumerable.Range(0, 5 * FrameRate).Select(i => i == 15 ? picture.Lit(1, 0.45) : picture);
        Pictures.Rows rows = Pictures.Encode(1, film);
        rows.Column("cut.rate").ShouldAllBe(rate => rate == 0);
        rows.Column("motion.activity").ShouldAllBe(activity => activity < 0.02f);
        float[] flicker = rows.Column("change.flicker");
        Array.IndexOf(flicker, flicker.Max()).ShouldBe(2);
        flicker[0].ShouldBe(0, 1e-6f);
        flicker[4].ShouldBe(0, 1e-6f);
    }

    [Fact]
    public void AWhiteFrameIsNoCut()
    {
        IEnumerable<Picture> film = Enumerable.Range(0, 5 * FrameRate).Select(i => i is >= 12 and < 17 ? Pictures.Plain(1, 1, 1) : Shot(0));
        Pictures.Encode(1, film).Column("cut.rate").ShouldAllBe(rate => rate == 0);
    }

    [Fact]
    public void BlackBetweenTwoShotsIsOneCutWhereTheSecondBegins()
    {
        IEnumerable<Picture> film = Enumerable.Range(0, 5 * FrameRate).Select(i => i < 10 ? Shot(0) : i < 20 ? Pictures.Plain(0, 0, 0) : Shot(1));
        Pictures.Encode(1, film).Column("cut.rate").ShouldBe([0, 0, 0, 1, 0]);
    }

    [Fact]
    public void AFadeToBlackAndBackIsNoCutAndNoMotion()
    {
        Picture picture = Pictures.Texture("fade");
        IEnumerable<Picture> film = Enumerable.Range(0, 6 * FrameRate).Select(i => picture.Lit(Math.Clamp(Math.Abs(i - 18) / 12.0, 0, 1)));
        Pictures.Rows rows = Pictures.Encode(1, film);
        rows.Column("cut.rate").ShouldAllBe(rate => rate == 0);
        rows.Column("motion.activity").ShouldAllBe(activity => activity < 0.1f);
        rows[2, "change.light"].ShouldBeLessThan(0);
        rows[4, "change.light"].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void AChangeBelongsToTheStepOfTheLaterFrame()
    {
        // The picture jumps exactly at second 3: frame 18 is the first of step 3.
        IEnumerable<Picture> film = Enumerable.Range(0, 6 * FrameRate).Select(i => Shot(i < 18 ? 0 : 1));
        Pictures.Rows rows = Pictures.Encode(1, film);
        rows.Column("cut.rate").ShouldBe([0, 0, 0, 1, 0, 0]);
        rows.Column("change.difference").Select(d => d > 0).ShouldBe([false, false, false, true, false, false]);
        rows.Column("cut.age")[3].ShouldBe(5 / 180f, 1e-6f);
    }

    private static Picture Shot(int number) => Pictures.Texture(FormattableString.Invariant($"shot{number}"), 9)
        .Lit(0.5, new[] { 0, 0.45, 0.2 }[number % 3]);
}
