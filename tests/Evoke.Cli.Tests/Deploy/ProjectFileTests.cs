using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Evoke.Cli.Tests.Deploy;

/// <summary>The files that a host of repositories reads: workflow, forms, updates, citation.</summary>
public sealed partial class ProjectFileTests
{
    [Fact]
    public void TheWorkflowRunsTestShAndNothingElse()
    {
        YamlNode job = Document(".github/workflows/test.yml")["jobs"]["test"];
        string[] commands =
        [
            .. ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>().Where(step => step.Children.ContainsKey("run")).Select(step => step["run"].ToString()),
        ];

        commands.ShouldHaveSingleItem().ShouldContain(" ./test.sh ");
    }

    [Theory]
    [InlineData("bug")]
    [InlineData("idea")]
    [InlineData("question")]
    public void AFormHasANameADescriptionAndAFieldThatIsRequired(string form)
    {
        YamlNode root = Document($".github/ISSUE_TEMPLATE/{form}.yml");

        root["name"].ToString().ShouldNotBeEmpty();
        root["description"].ToString().ShouldNotBeEmpty();
        ((YamlSequenceNode)root["body"]).Cast<YamlMappingNode>().ShouldContain(
            field => field.Children.ContainsKey("validations") && field["validations"]["required"].ToString() == "true");
    }

    [Fact]
    public void UpdatesAreLookedForWherePackagesAreNamed()
    {
        Dictionary<string, string> folders = ((YamlSequenceNode)Document(".github/dependabot.yml")["updates"])
            .ToDictionary(update => update["package-ecosystem"].ToString(), update => update["directory"].ToString());

        File.Exists(Path.Join(Repository.Root, folders["nuget"], "Directory.Packages.props")).ShouldBeTrue();
        File.Exists(Path.Join(Repository.Root, folders["npm"], "package.json")).ShouldBeTrue();
        folders.ShouldContainKey("github-actions");
    }

    [Fact]
    public void TheCitedVersionIsTheNewestOfTheChangelog()
    {
        string newest = Version().Match(File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md"))).Groups[1].Value;

        Document("CITATION.cff")["version"].ToString().ShouldBe(newest);
    }

    private static YamlNode Document(string path)
    {
        YamlStream stream = [];
        using StreamReader reader = new(Path.Combine(Repository.Root, path));
        stream.Load(reader);
        return stream.Documents.ShouldHaveSingleItem().RootNode;
    }

    [GeneratedRegex(@"^## (\d+\.\d+\.\d+)", RegexOptions.Multiline)]
    private static partial Regex Version();
}
