using Evoke.Testing;
using Evoke.Training.Runs;
using Tensorboard;
using TorchSharp;
using TorchSharp.Modules;

namespace Evoke.Training.Tests.Runs;

public sealed class EventRecordsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RecordsAreThoseOfAnotherWriterByteForByte()
    {
        SummaryWriter peer = torch.utils.tensorboard.SummaryWriter(_folder.Path);
        peer.add_scalar("train/loss", 0.25f, 3);
        peer.add_scalar("train/loss", 0.125f, 4);
        string path = Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        List<Event> events = EventRecords.ReadWhole(path);
        events.Where(message => message.Summary is not null).Select(message => (message.Step, message.Summary.Value[0].SimpleValue))
            .ShouldBe([(3, 0.25f), (4, 0.125f)]);

        using MemoryStream ours = new();
        EventRecords.Write(ours, events);
        ours.ToArray().ShouldBe(File.ReadAllBytes(path));
    }
}
