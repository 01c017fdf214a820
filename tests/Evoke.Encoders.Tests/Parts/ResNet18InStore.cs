using Evoke.Encoders.Weights;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Parts;

/// <summary>A store with the networks of NuGet's package, which the restore of this project downloads.</summary>
public sealed class ResNet18InStore : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The package.</summary>
    public static string Package => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "packages"), "*resnet18*.nupkg").Single();

    public string Home => _folder.File("home");

    internal EncoderOptions Options => new() { CacheFolder = Home };

    public InstalledWeights Installed { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Installed = await new WeightStore(Home).ImportAsync(Package, "resnet18");

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
