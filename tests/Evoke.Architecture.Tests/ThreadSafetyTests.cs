namespace Evoke.Architecture.Tests;

/// <summary>Whoever uses a public type finds in its documentation whether several threads may use it at once.</summary>
public sealed class ThreadSafetyTests
{
    public static TheoryData<string> Projects => [.. SourceProject.Names];

    [Theory]
    [MemberData(nameof(Projects))]
    public void EveryPublicTypeSaysWhetherSeveralThreadsMayUseIt(string project) => TypeDocuments.Of(project).WithoutThreads().ShouldBeEmpty();

    [Fact]
    public void ATypeThatDoesNotSayItIsSeen()
    {
        TypeDocuments curves = TypeDocuments.Of("Evoke.Curves");
        curves.Remove("T:Evoke.Curves.Rate");
        curves.Remove("T:Evoke.Curves.EmotionGroups");
        curves.WithoutThreads().ShouldBe(["T:Evoke.Curves.EmotionGroups", "T:Evoke.Curves.Rate"]);
    }
}
