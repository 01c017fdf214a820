using System.Text.RegularExpressions;

namespace Evoke.Architecture.Tests;

/// <summary>
/// libtorch has one generator of random numbers per process. Code that draws from it changes what other code draws, so neither the product nor its
/// tests and benchmarks use it.
/// </summary>
public sealed partial class GlobalRandomnessTests
{
    public static TheoryData<string> Folders => ["src", "tests", "bench"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void NobodySeedsOrReadsLibtorchsOwnGenerator(string folder)
    {
        string[] found =
        [
            .. Directory.EnumerateFiles(Path.Combine(SourceProject.Root, folder), "*.cs", SearchOption.AllDirectories)
                .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                    && Path.GetFileName(path) != $"{nameof(GlobalRandomnessTests)}.cs")
                .SelectMany(path => File.ReadLines(path)
                    .Select((line, index) => (Place: $"{Path.GetRelativePath(SourceProject.Root, path)}:{index + 1}", Line: line.Trim()))
                    .Where(found => IsGlobal(found.Line))
                    .Select(found => $"{found.Place}: {found.Line}")),
        ];
        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("manual_seed(1);")]
    [InlineData("Tensor x = torch.randn(2, 3);")]
    [InlineData("_linear = nn.Linear(4, 5);")]
    [InlineData("nn.init.uniform_(weight, -1, 1)")]
    [InlineData("values = nn.functional.dropout(values, 0.5, training);")]
    [InlineData("weight.normal_(0, 1)")]
    public void WhatWouldDrawFromItIsSeen(string line) => IsGlobal(line).ShouldBeTrue();

    [Theory]
    [InlineData("Tensor x = randn([2, 3], generator: random);")]
    [InlineData("/// <c>nn.Linear</c> (as torch.randn() does)")]
    [InlineData("nn.functional.linear(input, weight, bias)")]
    [InlineData("double x = random.NextDouble();")]
    public void OtherLinesAreNot(string line) => IsGlobal(line).ShouldBeFalse();

    private static bool IsGlobal(string line) => !line.StartsWith("//", StringComparison.Ordinal) && !line.Contains("generator:", StringComparison.Ordinal)
        && Drawing().IsMatch(line);

    // Functions that draw, and modules whose constructors or passes do.
    [GeneratedRegex(
        @"\b(manual_seed|seed_all|rand|randn|randint|randperm|rand_like|randn_like|randint_like|bernoulli|bernoulli_|multinomial|normal_|uniform_"
        + @"|exponential_|xavier_\w+|kaiming_\w+|trunc_normal_|dropout|alpha_dropout)\("
        + @"|\bnn\.(Linear|GRU|LSTM|RNN|Conv[123]d|Embedding|MultiheadAttention|Dropout\w*)\(")]
    private static partial Regex Drawing();
}
