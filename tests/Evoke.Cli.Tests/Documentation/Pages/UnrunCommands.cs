namespace Evoke.Cli.Tests.Documentation.Pages;

/// <summary>The commands of the documentation that no test of its page runs, with the reason.</summary>
internal static class UnrunCommands
{
    /// <summary>A text that such commands contain, and why they are not run.</summary>
    public static (string Part, string Reason)[] Table { get; } =
    [
        ("git clone REPOSITORY", "REPOSITORY stands for an address; FreshCloneTests clones this checkout and starts there."),
        ("git clone https://github.com/google-research-datasets/eev", "Downloads EEV."),
        ("git -C eev lfs pull", "Downloads EEV."),
        ("evoke models pull", "Downloads up to a gigabyte from the internet; ModelsTests pulls from a server on this machine."),
        ("python3 clip-vit-b-32.py", "Needs PyTorch and CLIP's weights; the page's test makes a network of the same shapes."),
        ("yt-dlp --skip-download", "Somebody else's program, and YouTube; the page's test makes the file that it writes."),
        ("docker build", "Needs a registry of base images; ContainerImageTests builds the same file with buildah."),
        ("docker run", "Needs Docker; ContainerImageTests runs the image with buildah."),
        ("docker tag", "Needs somebody's registry."),
        ("docker push", "Needs somebody's registry."),
        ("kubectl ", "Needs somebody's cluster; DeployTests reads the job with Kubernetes' types."),
        ("--device cuda", "Needs a GPU."),
        ("TorchBackend=cuda", "Needs several gigabytes of CUDA, and a GPU."),
        ("dotnet add package", "Needs a gallery that has the packages; StrangerTests packs them and adds them."),
        ("dotnet tool install", "Needs a gallery that has the tool; StrangerTests packs it and installs it."),
        ("build/pack.sh", "Builds everything again; StrangerTests packs."),
        ("build/mutation.sh", "Takes 5 to 45 minutes."),
        ("./test.sh", "Runs all tests, this one too."),
        ("dotnet test ", "Builds this checkout while its tests run."),
        ("Evoke.Bench -c Release -- VERB", "VERB stands for one of the verbs in the page's tables."),
    ];

    /// <summary>Why a command is not run; null if it is.</summary>
    public static string? Reason(string command) => Table.FirstOrDefault(row => command.Contains(row.Part, StringComparison.Ordinal)).Reason;
}
