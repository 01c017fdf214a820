using System.Globalization;
using Evoke.Cluster.Planning;
using Evoke.Files.Text;

namespace Evoke.Cli.Plan;

/// <summary>Prints a plan as text.</summary>
internal static class PlanText
{
    public static void Print(TextWriter output, ExtractionPlan plan)
    {
        (ExtractionCost cost, ClusterConditions conditions) = (plan.Measured, plan.Conditions);
        string videos = plan.SampleOf is { } some ? Text($"{plan.Videos:N0} videos like the {some:N0} of the manifest") : Quantity.Of(plan.Videos, "video");
        output.WriteLine(Text($"{videos}, {Duration(plan.VideoSeconds)} of video. Measured here on {cost.Videos.Length} of them:"));
        double realTime = cost.Videos.Sum(video => video.DurationSeconds) / cost.Videos.Sum(video => video.Seconds);
        output.WriteLine(
            Text($"  {realTime:0.#} times as fast as real time; {cost.SecondsPerVideo:0.00} s for each video and {1000 * cost.SecondsPerSecond:0.0} ms ")
            + Text($"for each of its seconds, ±{cost.Spread:P0}; a process starts in {cost.StartSeconds:0.0} s."));
        output.WriteLine();
        bool priced = conditions.PricePerNodeHour is not null;
        string prices = priced ? $" {"cost",10} {"per 1,000 h",12}" : "";
        output.WriteLine($"{"stage",-8} {"nodes",6} {"node-hours",11} {"undisturbed",12} {"elapsed",10} {"19 of 20",10} {"disk",9}{prices}");
        foreach (StageForecast stage in plan.Stages)
        {
            string price = priced ? Text($" {stage.Cost,10:N2} {stage.CostPerThousandVideoHours,12:N2}") : "";
            output.WriteLine(
                Text($"{stage.Stage,-8} {stage.Nodes,6} {Hours(stage.NodeHours),11} {Duration(stage.UndisturbedSeconds),12} ")
                + Text($"{Duration(stage.ElapsedSeconds),10} {Duration(stage.LateSeconds),10} {Size(stage.DiskBytes),9}{price}"));
        }

        output.WriteLine();
        output.WriteLine(
            Text($"Simulated {conditions.Trials} times: {conditions.StragglerShare:P0} of the nodes up to {conditions.StragglerSlowdown:0.#} times slower; ")
            + Text($"{conditions.FailuresPerNodeHour:0.###} failures per node-hour, each with {Duration(conditions.RequeueSeconds)} of waiting."));
        if (plan.WithinSeconds is { } within)
        {
            output.WriteLine(
                plan.Fewest is { } fewest
                    ? Text($"Done within {Duration(within)} in 19 of 20 simulations: {Quantity.Of(fewest.Nodes, "node")}, ")
                        + Text($"{Hours(fewest.NodeHours)} node-hours{Price(fewest)}.")
                    : Text($"No number of nodes up to a million is done within {Duration(within)} in 19 of 20 simulations."));
        }

        if (plan.Gpu is { } gpu)
        {
            PublishedThroughput known = gpu.Published;
            string gpus = gpu.Gpus is { } count ? Text($", so {count:N0} of them within {Duration(plan.WithinSeconds!.Value)}") : "";
            string cost1000 = gpu.CostPerThousandVideoHours is { } each ? Text($"; {gpu.Cost:N2}, or {each:N2} per 1,000 hours of video") : "";
            output.WriteLine(
                Text($"By published figures, not measured: {known.Encoder} takes {known.PicturesPerSecond:0} pictures a second on one ")
                + Text($"{known.Gpu} ({known.Source}): ")
                + Text($"{Hours(gpu.GpuHours)} GPU-hours{gpus}{cost1000}. Decoding and sound come on top."));
        }

        output.WriteLine(
            "A node is a machine like this one with no other load. Elapsed is the median of the simulations; 19 of 20 finish within the next column.");
    }

    private static string Price(StageForecast stage) =>
        stage.Cost is { } cost ? Text($", {cost:N2}, or {stage.CostPerThousandVideoHours:N2} per 1,000 hours of video") : "";

    private static string Duration(double seconds) => seconds switch
    {
        < 120 => Text($"{seconds:0.0} s"),
        < 2 * 3600 => Text($"{seconds / 60:0.0} min"),
        < 96 * 3600 => Text($"{seconds / 3600:0.0} h"),
        _ => Text($"{seconds / 86400:0.0} days"),
    };

    private static string Hours(double hours) => hours < 10 ? Text($"{hours:0.####}") : Text($"{hours:N1}");

    private static string Size(double? bytes) => bytes switch
    {
        null => "-",
        < 1e6 => Text($"{bytes / 1e3:0.0} kB"),
        < 1e9 => Text($"{bytes / 1e6:0.0} MB"),
        < 1e12 => Text($"{bytes / 1e9:0.0} GB"),
        _ => Text($"{bytes / 1e12:0.0} TB"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
