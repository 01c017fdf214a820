namespace Evoke.Encoders.LowLevel.Visual;

/// <summary>Whether a frame begins a shot.</summary>
/// <param name="Strength">The least distance of the frame and the one after it from the two before it, in [0,1]; 0 for a film's first frame.</param>
/// <param name="IsCut">True if a shot begins here.</param>
internal readonly record struct CutAnswer(float Strength, bool IsCut);

/// <summary>Finds hard cuts: a frame begins a shot if neither it nor the one after it looks like either of the two before it, and the change stands
/// out.</summary>
/// <remarks>
/// So a flash of one frame is not a cut (the picture returns), nor is black or white between shots one by itself, nor one moment of a fade or of fast motion
/// among others like it. The result for a frame is known one frame later. Dissolves and wipes are not found. Frames are a sixth of a second apart or less.
/// </remarks>
internal sealed class CutDetector
{
    /// <summary>The least distance of a cut.</summary>
    public const float Threshold = 0.25f;

    // How far a cut's distance must exceed the mean of the frame-to-frame distances just before and just after it.
    private const float StandsOut = 1.6f;

    private readonly Queue<FrameSignature> _free = new();
    private readonly List<FrameSignature> _before = []; // the last two frames that are not blank, oldest first
    private FrameSignature? _candidate;
    private float _earlierDistance;

    /// <summary>How unlike the newest frame is to the one before it, whether from a cut, a flash or motion, in [0,1].</summary>
    public float NewestDistance { get; private set; }

    /// <summary>How unlike the colours of the newest frame are to those of the frame before, in [0,1].</summary>
    public float NewestHistogramDistance { get; private set; }

    /// <summary>Takes the next frame and returns the result for the one before it; null if there is none.</summary>
    public CutAnswer? Push(FramePlanes frame)
    {
        FrameSignature next = _free.Count > 0 ? _free.Dequeue() : new FrameSignature();
        next.Load(frame);
        return MoveTo(next);
    }

    /// <summary>Returns the result for the last frame; null if there was none.</summary>
    public CutAnswer? Complete() => MoveTo(null);

    private CutAnswer? MoveTo(FrameSignature? next)
    {
        if (_candidate is null)
        {
            _candidate = next;
            return null;
        }

        float nextDistance = next?.Distance(_candidate) ?? 0;
        float strength = LeastDistance(_candidate, next);
        float around = (_earlierDistance + nextDistance) / 2;
        CutAnswer answer = new(strength, strength >= Threshold && strength >= StandsOut * around);

        Keep(_candidate);
        (_earlierDistance, NewestDistance) = (NewestDistance, nextDistance);
        NewestHistogramDistance = next?.HistogramDistance(_candidate) ?? 0;
        _candidate = next;
        return answer;
    }

    private float LeastDistance(FrameSignature candidate, FrameSignature? next)
    {
        if (candidate.IsBlank || _before.Count == 0)
        {
            return 0;
        }

        float least = 1;
        foreach (FrameSignature earlier in _before)
        {
            least = Math.Min(least, earlier.Distance(candidate));
            if (next is { IsBlank: false })
            {
                least = Math.Min(least, earlier.Distance(next));
            }
        }

        return least;
    }

    // Signatures are reused: only those still needed are kept.
    private void Keep(FrameSignature frame)
    {
        if (frame.IsBlank)
        {
            _free.Enqueue(frame);
            return;
        }

        _before.Add(frame);
        if (_before.Count > 2)
        {
            _free.Enqueue(_before[0]);
            _before.RemoveAt(0);
        }
    }
}
