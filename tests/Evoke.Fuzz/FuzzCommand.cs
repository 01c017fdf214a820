using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Evoke.Fuzz.Campaigns;
using Evoke.Fuzz.Readers;

namespace Evoke.Fuzz;

/// <summary>The command line for campaigns by hand (docs/testing.md).</summary>
internal static class FuzzCommand
{
    public const string Inputs = "--inputs";
    public const string Seed = "--seed";
    public const string Reader = "--reader";
    public const string Keep = "--keep";
    public const string Replay = "--replay";
    public const string List = "--list";

    private const int UsualInputs = 1000;

    public static RootCommand Create()
    {
        Option<int> inputs = new(Inputs) { Description = "Inputs for each reader.", DefaultValueFactory = _ => UsualInputs };
        Option<long> seed = new(Seed) { Description = "Determines the inputs.", DefaultValueFactory = _ => 1 };
        Option<string[]> readers = new(Reader) { Description = "Only these readers.", AllowMultipleArgumentsPerToken = true };
        readers.AcceptOnlyFromAmong([.. FuzzedReaders.All.Select(reader => reader.Name)]);
        Option<string> keep = new(Keep) { Description = "Folder for the inputs of findings.", DefaultValueFactory = _ => "fuzz-findings" };
        Option<string?> replay = new(Replay) { Description = "Read this file once with the reader, and print what happens." };
        Option<bool> list = new(List) { Description = "List the readers." };
        RootCommand command = new("Feeds Evoke's readers with damaged files.") { inputs, seed, readers, keep, replay, list };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            FuzzedReader[] chosen = parsed.GetValue(readers) is { Length: > 0 } names
                ? [.. names.Select(name => FuzzedReaders.Find(name)!)]
                : [.. FuzzedReaders.All];
            if (parsed.GetValue(list))
            {
                Console.WriteLine(string.Join('\n', chosen.Select(reader => reader.Name)));
                return 0;
            }

            CampaignOptions options = new()
            {
                Inputs = parsed.GetValue(inputs),
                Seed = parsed.GetValue(seed),
                Keep = parsed.GetValue(keep)!,
                CountsCost = true,
            };
            return parsed.GetValue(replay) is { } file ? await ReplayAsync(chosen[0], file) : await RunAsync(chosen, options, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(IEnumerable<FuzzedReader> readers, CampaignOptions options, CancellationToken cancellationToken)
    {
        int findings = 0, inputs = 0;
        long started = Stopwatch.GetTimestamp();
        Say(string.Create(CultureInfo.InvariantCulture, $"{"reader",-16} {"inputs",8} {"accepted",9} {"findings",9} {"seconds",8} {"slowest",8} {"MiB",6}"));
        foreach (FuzzedReader reader in readers)
        {
            long start = Stopwatch.GetTimestamp();
            CampaignResult result = await new Campaign(reader, options).RunAsync(cancellationToken);
            findings += result.Findings.Count;
            inputs += result.Inputs;
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            int kinds = result.Findings.Count;
            Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{reader.Name,-16} {result.Inputs,8} {result.Accepted,9} {kinds,9} {seconds,8:0.0} {result.Seconds,8:0.00} {result.Megabytes,6}"));
            foreach ((Finding first, int count) in result.Findings)
            {
                Say(string.Create(CultureInfo.InvariantCulture, $"  {count} times: {first}"));
            }
        }

        double whole = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Say(string.Create(CultureInfo.InvariantCulture, $"{inputs} inputs, {findings} kinds of findings, {whole:0} s"));
        return findings == 0 ? 0 : 1;
    }

    private static async Task<int> ReplayAsync(FuzzedReader reader, string file)
    {
        string folder = Directory.CreateTempSubdirectory("evoke-fuzz-").FullName;
        string input = Path.Combine(folder, reader.FileName);
        File.Copy(file, input);
        try
        {
            await reader.Read(input);
            Console.WriteLine("accepted");
            return 0;
        }
        catch (Exception error)
        {
            Console.WriteLine(reader.IsDocumented(error) ? $"refused: {error.GetType().Name}: {error.Message}" : $"failed: {error}");
            return reader.IsDocumented(error) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Say(string line) => Console.WriteLine(line);
}
