using YamlDotNet.Core;

namespace Evoke.Files.Yaml;

/// <summary>A text is beyond what <see cref="YamlText"/> reads. It does not leave that class.</summary>
internal sealed class YamlBoundException(Mark at, string problem) : Exception(problem)
{
    public Mark At { get; } = at;
}
