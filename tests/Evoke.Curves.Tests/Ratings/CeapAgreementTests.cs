using System.Globalization;
using System.Text.Json;
using Evoke.Curves.Ratings;
using Evoke.Testing;

namespace Evoke.Curves.Tests.Ratings;

/// <summary>The agreement of real viewers (CEAP-360VR), computed by an independent program. The ratings are not for commercial use, so they are
/// not here.</summary>
public sealed class CeapAgreementTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void AgreementIsThatOfAnIndependentProgram()
    {
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Beside("agreement_2hz.json")));

        foreach (JsonProperty video in expected.RootElement.EnumerateObject())
        {
            foreach (JsonProperty curve in video.Value.EnumerateObject())
            {
                string where = $"{video.Name} {curve.Name}";
                Agreement found = Agreement.Of(RatedCurve.Of(video.Name, curve.Name, Traces(video.Name, curve.Name), new Rate(2)));
                (found.Raters, found.Steps, found.Constant).ShouldBe((Whole("raters"), Whole("steps"), Whole("constant")), where);
                Near(found.Pearson, "pearson");
                Near(found.Ccc, "ccc");
                Near(found.IccSingle, "icc_single");
                Near(found.IccMean, "icc_mean");
                Near(found.Alpha, "alpha");
                Near(found.CeilingLow, "ceiling_low");
                Near(found.CeilingHigh, "ceiling_high");

                int Whole(string key) => curve.Value.GetProperty(key).GetInt32();
                void Near(double? number, string key) =>
                    number.ShouldNotBeNull(where).ShouldBe(curve.Value.GetProperty(key).GetDouble(), Tolerance, $"{where} {key}");
            }
        }
    }

    [Fact]
    public void MeanAndWeightedMeanAreThoseOfAnIndependentProgram()
    {
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Beside("agreement_2hz.json")));

        foreach (JsonProperty video in expected.RootElement.EnumerateObject())
        {
            foreach (JsonProperty curve in video.Value.EnumerateObject())
            {
                RatedCurve rated = RatedCurve.Of(video.Name, curve.Name, Traces(video.Name, curve.Name), new Rate(2));
                GoldStandard.Of(rated, GoldStandardKind.Mean).Values[60].ShouldBe(curve.Value.GetProperty("mean_at_30s").GetDouble(), Tolerance, video.Name);
                GoldStandard.Of(rated, GoldStandardKind.Ewe).Values[60].ShouldBe(curve.Value.GetProperty("ewe_at_30s").GetDouble(), Tolerance, video.Name);
            }
        }
    }

    private static IReadOnlyList<RaterTrace> Traces(string video, string curve)
    {
        int column = curve == "valence" ? 3 : 4;
        return
        [
            .. File.ReadLines(Beside("ratings.csv")).Skip(1).Select(line => line.Split(',')).Where(cells => cells[0] == video)
                .GroupBy(cells => cells[1])
                .Select(rows => new RaterTrace(rows.Key, [.. rows.Select(cells => Number(cells[2]))], [.. rows.Select(cells => Number(cells[column]))])),
        ];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Beside(string file)
    {
        string? path = SourceTree.Shared is { } shared ? Path.Combine(shared, "ratings", "ceap", file) : null;
        Assert.SkipUnless(File.Exists(path), $"shared/ratings/ceap/{file} does not lie beside the checkout.");
        return path!;
    }
}
