using Evoke.Encoders.Batches;
using Evoke.Media.Reading;

namespace Evoke.Encoders.Tests.Batches;

public sealed class FrameBatchSessionTests
{
    [Fact]
    public void APictureThatRepeatsIsEncodedOnce()
    {
        List<float[]> batches = [];
        using FrameBatchSession session = Session(batches);

        int[] waiting = [.. "AABACCCCDB".Select(picture => Push(session, picture))];

        string.Concat(session.Complete(12).Select(value => (char)value)).ShouldBe("AABACCCCDBBB");
        batches.Select(batch => string.Concat(batch.Select(value => (char)value))).ShouldBe(["AB", "CD"]);
        waiting.ShouldBe([1, 2, 0, 0, 1, 2, 3, 4, 0, 0]);
    }

    [Fact]
    public void FewerStepsThanFramesAndNoFramesAtAll()
    {
        using FrameBatchSession some = Session([]), none = Session([]);
        Push(some, 'A');
        Push(some, 'B');

        some.Complete(1).ShouldBe(new float[] { 'A' });
        none.Complete(2).ShouldBe(new float[2]);
    }

    private static int Push(FrameBatchSession session, char picture)
    {
        session.Push(new FrameChunk(0, new[] { (byte)picture }));
        return session.FramesWaiting;
    }

    // A network of two pictures a batch whose feature is the first byte.
    private static FrameBatchSession Session(List<float[]> batches) => new(
        (rgb, item) => item[0] = rgb[0], frameNumbers: 1, framesPerBatch: 2, width: 1, items =>
        {
            batches.Add(items.ToArray());
            return items.ToArray();
        });
}
