using System.Text;
using Evoke.Fuzz.Readers;
using Evoke.Testing;

namespace Evoke.Fuzz;

/// <summary>The smallest inputs that once ended in something else than an error of our own; campaigns found them.</summary>
public sealed class FoundInputTests
{
    private const string Failures = "video_id,path,error,message\n";
    private const string Metrics = "epoch,learning_rate,loss,pearson,pearson_detected_only,ccc,pearson.joy\n";

    [Theory]
    [InlineData("manifest", "id,path,bytes,duration\na\"b,a.mp4,1,1\n")]
    [InlineData("manifest", "id,path,bytes,duration\na,\0,1,1\n")]
    [InlineData("failures", Failures + "a\"b,a.mp4,E,m\n")]
    [InlineData("failures", Failures + ",a.mp4,E,m\n")]
    [InlineData("failures", Failures + "a,,E,m\n")]
    [InlineData("gone", "video_id,kind,message\na\"b,private,m\n")]
    [InlineData("metrics", "")]
    [InlineData("metrics", Metrics + "1\n")]
    [InlineData("metrics", Metrics + "x,0.001,0.5,0.1,0.1,0.1,0.1\n")]
    [InlineData("metrics", Metrics + "99999999999,0.001,0.5,0.1,0.1,0.1,0.1\n")]
    [InlineData("labels", "Video ID,Timestamp (milliseconds),,fear\na,0,0,0\n")]
    [InlineData("ratings", "Time;r1;r2\n00:NaN:00,5;1;2\n00:00:01,0;2,5;3\n")]
    [InlineData("recipe", "train: &a [*a]\n")]
    [InlineData("search", "a: [\n")]
    [InlineData("slurm-plan", "? [\n")]
    [InlineData("reproduction", "{\"candidates\":[\"a\"],\"members\":[null],\"validation\":0.5}")]
    [InlineData("slurm-record", "{")]
    [InlineData("studio-request", "POST /api/videos\n{}")]
    public async Task ItIsRefusedInWordsOfOurOwn(string name, string input)
    {
        FuzzedReader reader = FuzzedReaders.Find(name)!;
        using TemporaryFolder folder = new();
        string path = Path.Combine(Directory.CreateDirectory(folder.File("input")).FullName, reader.FileName);
        await File.WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(input));

        Exception? error = await Record.ExceptionAsync(() => reader.Read(path));

        (error is null || reader.IsDocumented(error)).ShouldBeTrue(error?.ToString());
        (error?.Message ?? "").ShouldNotContain("(Parameter '");
    }
}
