using System.Globalization;
using System.Text.RegularExpressions;
using Evoke.Cli.Shell;
using YamlDotNet.RepresentationModel;

namespace Evoke.Cli.Tests.Deploy;

/// <summary>The files in deploy/ match the program.</summary>
public sealed partial class DeployTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy");

    [Fact]
    public void TheJobsCommandIsOneThatEvokeTakes()
    {
        string[] arguments = [.. List(Container(), "args").Select(Text)];

        arguments[0].ShouldBe("extract");
        EvokeCommandLine.Parse(arguments).Mistakes.ShouldBeEmpty();
    }

    [Fact]
    public void TheJobCountsItsShardsTheSameEverywhere()
    {
        YamlNode spec = Document("Job")["spec"];
        string shards = Text(Container()["env"][0]["value"]);

        Text(Container()["env"][0]["name"]).ShouldBe("EVOKE_SHARDS");
        Text(spec["completionMode"]).ShouldBe("Indexed");
        new[] { "completions", "parallelism", "maxFailedIndexes" }.ShouldAllBe(key => Text(spec[key]) == shards);
    }

    [Fact]
    public void TheJobRunsAgainWhatAsksForItAndGivesUpWhatIsWronglyUsed()
    {
        YamlNode spec = Document("Job")["spec"];
        Dictionary<string, int> actions = List(spec["podFailurePolicy"], "rules")
            .Where(rule => ((YamlMappingNode)rule).Children.ContainsKey("onExitCodes"))
            .ToDictionary(rule => Text(rule["action"]), rule => Number(rule["onExitCodes"]["values"][0]));

        actions["Ignore"].ShouldBe(ExitCode.RunAgain);
        actions["FailIndex"].ShouldBe(ExitCode.WrongUse);
        Text(spec["template"]["spec"]["restartPolicy"]).ShouldBe("Never", "a failure policy is taken for nothing else");
        ((YamlMappingNode)spec).Children.ShouldContainKey("backoffLimitPerIndex", "a single index can only fail by itself with it");
    }

    [Fact]
    public void TheJobsGraceFitsIntoKubernetesGrace()
    {
        string[] arguments = [.. List(Container(), "args").Select(Text)];
        int grace = int.Parse(arguments[Array.IndexOf(arguments, "--grace") + 1], CultureInfo.InvariantCulture);

        (Number(Document("Job")["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]) - grace).ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public void TheJobsVolumeIsTheOneThatIsClaimed()
    {
        YamlNode volume = Document("Job")["spec"]["template"]["spec"]["volumes"][0];
        YamlNode mount = Container()["volumeMounts"][0];

        Text(volume["persistentVolumeClaim"]["claimName"]).ShouldBe(Text(Document("PersistentVolumeClaim")["metadata"]["name"]));
        Text(mount["name"]).ShouldBe(Text(volume["name"]));
        List(Container(), "args").Select(Text).Where(argument => argument.StartsWith('/'))
            .ShouldAllBe(path => path.StartsWith(Text(mount["mountPath"]) + "/", StringComparison.Ordinal));
    }

    [Fact]
    public void TheImageIsBuiltFromFilesThatThereAre()
    {
        string dockerfile = File.ReadAllText(Path.Combine(Folder, "Dockerfile"));
        string[] let = [.. File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..])];

        string[] copied = [.. CopyLine().Matches(dockerfile).SelectMany(match => match.Groups[1].Value.Split(' ')[..^1]).Select(name => name.TrimEnd('/'))];

        copied.ShouldContain("src");
        copied.ShouldBe(let, ignoreOrder: true);
        copied.ShouldAllBe(name => Path.Exists(Path.Combine(Repository.Root, name)));
        dockerfile.ShouldContain("-p:TorchBackend=${TORCH_BACKEND}");
        File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props")).ShouldContain("<TorchBackend ");
    }

    private static YamlNode Container() => Document("Job")["spec"]["template"]["spec"]["containers"][0];

    private static YamlNode Document(string kind)
    {
        YamlStream stream = [];
        using StreamReader reader = new(Path.Combine(Folder, "extract-job.yaml"));
        stream.Load(reader);
        return stream.Documents.Select(document => document.RootNode).Single(root => Text(root["kind"]) == kind);
    }

    private static IEnumerable<YamlNode> List(YamlNode node, string key) => (YamlSequenceNode)node[key];

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static int Number(YamlNode node) => int.Parse(Text(node), CultureInfo.InvariantCulture);

    [GeneratedRegex("^COPY (?!--)(.+)$", RegexOptions.Multiline)]
    private static partial Regex CopyLine();
}
