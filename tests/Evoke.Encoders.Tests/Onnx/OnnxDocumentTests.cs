using System.Text.Json;
using Evoke.Encoders.Onnx;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Onnx;

public sealed class OnnxDocumentTests
{
    [Fact]
    public void ThePageIsTheCodes() => CompareOrWrite("onnx.md", OnnxDocument.ToMarkdown());

    [Fact]
    public void TheSchemaIsTheCodes() => CompareOrWrite("onnx.schema.json", OnnxDocument.ToSchema());

    [Fact]
    public void TheSchemaHasEveryKeyAndItsValues()
    {
        using JsonDocument schema = JsonDocument.Parse(OnnxDocument.ToSchema());
        JsonElement keys = schema.RootElement.GetProperty("properties");
        schema.RootElement.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        keys.EnumerateObject().Select(key => key.Name).ShouldBe(typeof(OnnxDescription).GetProperties().Select(OnnxSidecar.KeyOf));
        keys.GetProperty("pooling").GetProperty("enum").EnumerateArray().Select(value => value.GetString())
            .ShouldBe(["cls", "mean", "mean_patches", "map", null]);
        JsonElement scale = keys.GetProperty("spectrogram").GetProperty("properties").GetProperty("melScale");
        scale.GetProperty("enum").EnumerateArray().Select(value => value.GetString()).ShouldBe(["kaldi", "htk", "slaney", null]);
        keys.EnumerateObject().ShouldAllBe(key => key.Value.GetProperty("description").GetString()!.Length > 10);
    }

    private static void CompareOrWrite(string name, string text)
    {
        Assert.SkipWhen(SourceTree.Root is null, "The sources are not here, so docs cannot be read.");
        string path = Path.Combine(SourceTree.Root!, "docs", name);
        if (Environment.GetEnvironmentVariable("EVOKE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, text);
        }

        File.ReadAllText(path).ShouldBe(text, "run the tests once with EVOKE_WRITE_DOCS=1");
    }
}
