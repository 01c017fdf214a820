using Evoke.Media.Reading;

namespace Evoke.Encoders.LowLevel.Visual;

/// <summary>One film passing through <see cref="VisualLowLevelEncoder"/>. Keeps two frames and one step, besides the rows that are done.</summary>
internal sealed class VisualLowLevelSession : IVisualEncodingSession
{
    private const byte ChangedAbove = 13; // of 255
    private const float FlashLightChange = 0.08f; // white = 1

    private readonly int _framesPerStep;
    private readonly CutDetector _cuts = new();
    private readonly TemporalDescriptors _temporal;
    private readonly float[] _newest = new float[VisualLowLevelEncoder.StillWidth];
    private readonly float[] _step = new float[VisualLowLevelEncoder.StillWidth];
    private readonly List<float[]> _rows = [];
    private FramePlanes _frame = new();
    private FramePlanes _before = new();
    private FrameChange? _change;
    private float _earlierLightChange;
    private long _frames; // taken
    private int _stepFrames; // pooled into the current step

    public VisualLowLevelSession(FrameSpec spec, int framesPerStep)
    {
        _framesPerStep = framesPerStep;
        _temporal = new TemporalDescriptors(spec.Rate);
    }

    public void Push(FrameChunk frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Index != _frames)
        {
            throw new ArgumentException($"Frames come in order without gaps: expected frame {_frames}, found frame {frame.Index}.", nameof(frame));
        }

        if (frame.Rgb.Length != FramePlanes.Pixels * 3)
        {
            throw new ArgumentException(
                $"A frame of {FramePlanes.Width} x {FramePlanes.Height} RGB pixels has {FramePlanes.Pixels * 3} bytes; found {frame.Rgb.Length}.",
                nameof(frame));
        }

        (_frame, _before) = (_before, _frame);
        _frame.Load(frame.Rgb.Span);
        if (_cuts.Push(_frame) is { } cut)
        {
            PoolNewest(cut);
        }

        VisualLowLevelEncoder.ComputeStill(_frame, _newest);
        _change = _frames > 0 ? ChangeFromBefore() : null;
        _frames++;
    }

    public float[] Complete(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (_cuts.Complete() is { } cut)
        {
            PoolNewest(cut);
        }

        if (_stepFrames > 0)
        {
            EndStep();
        }

        int width = VisualLowLevelEncoder.Descriptors.Count;
        float[] features = new float[checked(steps * width)]; // [steps, width]
        for (int step = 0; step < steps && _rows.Count > 0; step++)
        {
            _rows[Math.Min(step, _rows.Count - 1)].CopyTo(features, step * width);
        }

        return features;
    }

    public void Dispose()
    {
        // Only managed memory is used.
    }

    private FrameChange ChangeFromBefore()
    {
        float lightChange = _frame.MeanLuma - _before.MeanLuma;
        FrameChange change = new()
        {
            Difference = AbsoluteDifferences.Sum(_frame.Luma, _before.Luma) / (255f * FramePlanes.Pixels),
            Changed = AbsoluteDifferences.CountAbove(_frame.Luma, _before.Luma, ChangedAbove) / (float)FramePlanes.Pixels,
            Motion = BlockMotion.Estimate(_before, _frame),
            IsFlash = _cuts.NewestDistance >= CutDetector.Threshold && Math.Abs(lightChange) >= FlashLightChange,
            HistogramDistance = _cuts.NewestHistogramDistance,
            LightChange = lightChange,
            Flicker = _frames > 1 ? Math.Abs(lightChange - _earlierLightChange) : 0,
        };
        _earlierLightChange = lightChange;
        return change;
    }

    private void PoolNewest(CutAnswer cut)
    {
        for (int i = 0; i < _step.Length; i++)
        {
            _step[i] += _newest[i];
        }

        _temporal.Add(_change, cut);
        _stepFrames++;
        if (_stepFrames == _framesPerStep)
        {
            EndStep();
        }
    }

    private void EndStep()
    {
        float[] row = new float[VisualLowLevelEncoder.Descriptors.Count];
        for (int i = 0; i < _step.Length; i++)
        {
            row[i] = _step[i] / _stepFrames;
        }

        _temporal.Write(row.AsSpan(_step.Length));
        _rows.Add(row);
        Array.Clear(_step);
        _stepFrames = 0;
    }
}
