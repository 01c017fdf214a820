using Evoke.Encoders.Catalog;
using Evoke.Encoders.LowLevel;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.LowLevel;

public sealed class DescriptorTableTests
{
    [Fact]
    public void ThePageIsMadeFromTheTables()
    {
        if (SourceTree.Root is null)
        {
            Assert.Skip("The sources are not here, so docs/descriptors.md cannot be read.");
        }

        string path = Path.Combine(SourceTree.Root, "docs", "descriptors.md");
        if (Environment.GetEnvironmentVariable("EVOKE_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, DescriptorDocument.ToMarkdown());
        }

        File.ReadAllText(path).ShouldBe(DescriptorDocument.ToMarkdown(), "run the tests once with EVOKE_WRITE_DOCS=1");
    }

    [Fact]
    public void EveryNumberHasANameAUnitARangeAndAMeaning()
    {
        foreach (Descriptor d in VisualLowLevelEncoder.Descriptors.Concat(AudioLowLevelEncoder.Descriptors))
        {
            d.Name.ShouldMatch("^[a-z]+(\\.[a-z0-9]+)+$");
            d.Unit.ShouldNotBeNullOrWhiteSpace(d.Name);
            d.Maximum.ShouldBeGreaterThan(d.Minimum, d.Name);
            d.Meaning.ShouldEndWith(".", Case.Sensitive, d.Name);
            d.Meaning.ShouldNotContain("|", Case.Sensitive, $"{d.Name}: it would end the table's cell");
        }
    }

    [Fact]
    public void NamesAreUniqueAndFound()
    {
        DescriptorTable table = VisualLowLevelEncoder.Descriptors;
        table.Select(d => d.Name).Distinct(StringComparer.Ordinal).Count().ShouldBe(table.Count);
        for (int i = 0; i < table.Count; i++)
        {
            table.IndexOf(table[i].Name).ShouldBe(i);
        }

        Should.Throw<ArgumentException>(() => table.IndexOf("motion.aktivity")).Message.ShouldContain("motion.activity");
    }
}
