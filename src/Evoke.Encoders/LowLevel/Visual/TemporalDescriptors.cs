namespace Evoke.Encoders.LowLevel.Visual;

/// <summary>How a frame differs from the one before it.</summary>
internal readonly record struct FrameChange
{
    public required float Difference { get; init; }

    public required float Changed { get; init; }

    public required MotionField Motion { get; init; }

    /// <summary>True if the light jumped and the picture with it: what block matching finds then is not motion.</summary>
    public required bool IsFlash { get; init; }

    public required float HistogramDistance { get; init; }

    public required float LightChange { get; init; }

    public required float Flicker { get; init; }
}

/// <summary>What happens over time within a step: motion, cuts, changes of light.</summary>
internal sealed class TemporalDescriptors
{
    private const double LongestShotSeconds = 30;

    private readonly double _frameRate;
    private int _changes;
    private int _motions;
    private FrameChange _sum;
    private float _peakActivity;
    private float _coherence;
    private int _cuts;
    private float _cutStrength;
    private int _frames;
    private long _framesSinceCut;

    public TemporalDescriptors(double frameRate) => _frameRate = frameRate;

    /// <summary>What <see cref="Write"/> writes, in its order.</summary>
    public static IReadOnlyList<Descriptor> Table { get; } =
    [
        new(
            "motion.activity", "frame widths per second", 0, 10,
            "Mean length of the motion vectors of 8 x 8 blocks at 56 x 32 (full search, a seventh of the width each way per frame); frames that begin a "
            + "shot or a flash are left out."),
        new("motion.peak", "frame widths per second", 0, 10, "The largest activity between two frames of the step."),
        new("motion.right", "frame widths per second", -10, 10, "Mean motion of the blocks to the right."),
        new("motion.down", "frame widths per second", -10, 10, "Mean motion of the blocks downwards."),
        new(
            "motion.coherence", "1", 0, 1,
            "Length of the mean vector over mean length (at least 1/64 of the width per frame), mean over frames: 1 for a pan, near 0 for motion in all "
            + "directions or hardly any."),
        new("motion.zoom", "1 per second", -10, 10, "Growth of the picture around its centre: above 0 for a zoom in."),
        new("motion.residual", "white = 1", 0, 1, "Mean absolute luma difference between frames that block motion leaves unexplained."),
        new("change.difference", "white = 1", 0, 1, "Mean absolute luma difference from frame to frame."),
        new("change.pixels", "share of pixels", 0, 1, "Pixels whose luma changed by more than 13/255 from frame to frame."),
        new("change.histogram", "1", 0, 1, "Half the L1 distance of successive frames' 64-colour histograms."),
        new("change.light", "white = 1", -1, 1, "Mean change of the mean luma from frame to frame: above 0 when it gets lighter."),
        new("change.flicker", "white = 1", 0, 2, "Mean magnitude of L(i) - 2 L(i-1) + L(i-2) of the frames' mean luma L."),
        new("cut.rate", "cuts per second", 0, 60, "Hard cuts within the step over its length in seconds."),
        new(
            "cut.strength", "1", 0, 1,
            "The largest distance between the frames before and after a moment of the step; a cut if 0.25 or more and 1.6 times the usual distance around it."),
        new("cut.age", "30 s = 1", 0, 1, "Time since the shot began, at the step's last frame; at most 30 s."),
    ];

    /// <summary>Takes a frame of the current step.</summary>
    /// <param name="change">How it differs from the frame before; null for a film's first frame.</param>
    /// <param name="cut">Whether it begins a shot.</param>
    public void Add(FrameChange? change, CutAnswer cut)
    {
        _frames++;
        _framesSinceCut = cut.IsCut ? 0 : _framesSinceCut + 1;
        _cuts += cut.IsCut ? 1 : 0;
        _cutStrength = Math.Max(_cutStrength, cut.Strength);
        if (change is not { } c)
        {
            return;
        }

        AddChange(c);
        if (!cut.IsCut && !c.IsFlash)
        {
            AddMotion(c.Motion);
        }
    }

    /// <summary>Ends the step: writes its numbers and prepares for the next.</summary>
    public void Write(Span<float> values)
    {
        float perMotion = _motions > 0 ? 1f / _motions : 0;
        float perChange = _changes > 0 ? 1f / _changes : 0;
        float perSecond = (float)_frameRate;
        values[0] = _sum.Motion.Activity * perMotion * perSecond;
        values[1] = _peakActivity * perSecond;
        values[2] = _sum.Motion.Right * perMotion * perSecond;
        values[3] = _sum.Motion.Down * perMotion * perSecond;
        values[4] = _coherence * perMotion;
        values[5] = _sum.Motion.Expansion * perMotion * perSecond;
        values[6] = _sum.Motion.Residual * perMotion;
        values[7] = _sum.Difference * perChange;
        values[8] = _sum.Changed * perChange;
        values[9] = _sum.HistogramDistance * perChange;
        values[10] = _sum.LightChange * perChange;
        values[11] = _sum.Flicker * perChange;
        values[12] = (float)(_cuts * _frameRate / _frames);
        values[13] = _cutStrength;
        values[14] = (float)(Math.Min(_framesSinceCut / _frameRate, LongestShotSeconds) / LongestShotSeconds);
        (_changes, _motions, _sum, _peakActivity, _coherence, _cuts, _cutStrength, _frames) = (0, 0, default, 0, 0, 0, 0, 0);
    }

    private void AddChange(FrameChange c)
    {
        _changes++;
        _sum = _sum with
        {
            Difference = _sum.Difference + c.Difference,
            Changed = _sum.Changed + c.Changed,
            HistogramDistance = _sum.HistogramDistance + c.HistogramDistance,
            LightChange = _sum.LightChange + c.LightChange,
            Flicker = _sum.Flicker + c.Flicker,
        };
    }

    private void AddMotion(MotionField motion)
    {
        _motions++;
        _coherence += motion.Coherence;
        _peakActivity = Math.Max(_peakActivity, motion.Activity);
        MotionField sum = _sum.Motion;
        _sum = _sum with
        {
            Motion = new MotionField(
                sum.Activity + motion.Activity, sum.Right + motion.Right, sum.Down + motion.Down, sum.Expansion + motion.Expansion,
                sum.Residual + motion.Residual),
        };
    }
}
