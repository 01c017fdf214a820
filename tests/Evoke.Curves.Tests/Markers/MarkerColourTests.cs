using Evoke.Curves.Export.Markers;

namespace Evoke.Curves.Tests.Markers;

/// <summary>The fixed colours of the programs, by the colours in which curves are drawn.</summary>
public sealed class MarkerColourTests
{
    // The marker colours of DaVinci Resolve, and those of OpenTimelineIO's Marker.2.
    private static readonly string[] OfResolve =
    [
        "Blue", "Cyan", "Green", "Yellow", "Red", "Pink", "Purple", "Fuchsia", "Rose", "Lavender", "Sky", "Mint", "Lemon", "Sand", "Cocoa", "Cream",
    ];

    private static readonly string[] OfOtio = ["PINK", "RED", "ORANGE", "YELLOW", "GREEN", "CYAN", "BLUE", "PURPLE", "MAGENTA", "BLACK", "WHITE"];

    [Fact]
    public void EachEmotionHasAColourOfItsOwnInResolve()
    {
        IReadOnlyList<MarkerColour> colours = MarkerColour.Of(EmotionScheme.Eev);
        colours.Select(colour => colour.Resolve).Distinct().Count().ShouldBe(15);
        colours.ShouldAllBe(colour => OfResolve.Contains(colour.Resolve) && OfOtio.Contains(colour.Otio));
    }

    [Fact]
    public void AnEmotionKeepsItsColourAndOtherNamesGetTheOnesThatAreLeft()
    {
        EmotionPalette.Of(new EmotionScheme(["arousal", "pace", "motion", "loudness"])).ShouldBe(["elation", "concentration", "contentment", "anger"]);
        EmotionPalette.Of(EmotionScheme.Affect).ShouldBe(["elation", "concentration"]);
        EmotionPalette.Of(EmotionScheme.Eev).ShouldBe(EmotionScheme.Eev.Names);
        EmotionPalette.Of(new EmotionScheme(["SADNESS", "x"])).ShouldBe(["sadness", "concentration"]);
        EmotionPalette.Of(new EmotionScheme(Enumerable.Range(0, 40).Select(i => $"curve {i}"))).Distinct().Count().ShouldBe(15);
    }
}
