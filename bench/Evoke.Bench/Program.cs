using Evoke.Bench;

// One line for each benchmark.
IBenchmark[] benchmarks =
[
    new ClipsBenchmark(),
    new ClusterBenchmark(),
    new CosineBenchmark(),
    new CsvBenchmark(),
    new EvaluateBenchmark(),
    new ExtractBenchmark(),
    new FilmBenchmark(),
    new FramesBenchmark(),
    new HeadBenchmark(),
    new LabelsBenchmark(),
    new LearningBenchmark(),
    new LoaderBenchmark(),
    new NumbersBenchmark(),
    new OnnxKindsBenchmark(),
    new OptimizerBenchmark(),
    new StartupBenchmark(),
    new StudioBenchmark(),
    new SwinBenchmark(),
    new SwinPartsBenchmark(),
    new TrainBenchmark(),
    new VggishBenchmark(),
];

IBenchmark? chosen = args.Length == 0 ? null : Array.Find(benchmarks, benchmark => benchmark.Name == args[0]);
if (chosen is null)
{
    Console.Error.WriteLine("usage: dotnet run --project bench/Evoke.Bench -c Release -- VERB");
    foreach (IBenchmark benchmark in benchmarks)
    {
        Console.Error.WriteLine($"  {benchmark.Name,-10} {benchmark.Summary}");
    }

    return 2;
}

Console.WriteLine(Machine.Describe());
chosen.Run(args[1..]);
return 0;
