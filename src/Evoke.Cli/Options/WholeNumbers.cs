using System.Collections.Immutable;

namespace Evoke.Cli.Options;

/// <summary>Whole numbers as they are typed and shown in help: "1,4,16".</summary>
/// <param name="Values">The numbers.</param>
internal sealed record WholeNumbers(ImmutableArray<int> Values)
{
    public override string ToString() => string.Join(',', Values);
}
