using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Encoders;
using Evoke.Encoders.Onnx;
using Evoke.Files.Text;
using Evoke.Kernels.Torch;

namespace Evoke.Cli.Encoders;

/// <summary><c>evoke encoders check</c>.</summary>
internal sealed class EncodersCheckVerb : Verb
{
    private readonly PathArgument<string> _file = new("FILE", PathRole.InputFile)
    {
        Description = "An ONNX file, with FILE.json beside it if it needs one; FILE may end in #OUTPUT.",
    };

    private readonly Option<string> _device = SharedOptions.Device();
    private readonly Option<bool> _json = SharedOptions.Json();

    public EncodersCheckVerb()
        : base(
            "check",
            "Runs an ONNX file on a test card or a tone, and says what it takes and gives, how fast it is, and every mistake in the JSON beside it.",
            "evoke encoders check mine.onnx",
            "evoke encoders check mine.onnx#embedding --json")
    {
        Add(_file);
        Add(_device);
        Add(_json);
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        OnnxCheckReport report = OnnxCheck.Run(
            context.GetRequired(_file), new EncoderOptions { Device = ComputeDevice.Parse(context.GetRequired(_device)) });
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(report);
        }
        else
        {
            Print(context, report);
        }

        return Task.FromResult(report.Problems.Count == 0 ? ExitCode.Done : ExitCode.SomeFailed);
    }

    private void Print(VerbContext context, OnnxCheckReport report)
    {
        Line("network", string.Join(", ", new[] { report.Path, report.Title, report.Licence }.OfType<string>()));
        Line("inputs", string.Join("; ", report.Inputs));
        Line("outputs", string.Join("; ", report.Outputs));
        Line("takes", report.Takes);
        string numbers = string.Join(", ", report.FirstNumbers.Select(number => number.ToString("G4", CultureInfo.InvariantCulture)));
        string width = report.FeatureWidth == 1 ? "1 number" : $"{report.FeatureWidth} numbers";
        string more = report.FeatureWidth > report.FirstNumbers.Count ? ", …" : "";
        Line("gives", $"{report.Output}: {width} for each step; of the test input {numbers}{more}");
        Line("speed", string.Create(
            CultureInfo.InvariantCulture, $"{report.Speed!.Value:0.#} s of film in a second, at one step per second, on {context.GetRequired(_device)}"));
        Line("sha256", report.Sha256);
        Line("settings", report.Settings);
        foreach (string problem in report.Problems)
        {
            Line("problem", problem);
        }

        if (report.Problems.Count == 0)
        {
            string encoder = ShellWord.Quoted($"onnx:{report.Path}");
            string use = report.Hears ? $"--visual none --audio {encoder}" : $"--visual {encoder} --audio none";
            Line("use", $"evoke extract VIDEOS {use} --out features");
        }

        void Line(string name, string text) => context.Terminal.Out.WriteLine($"{name,-9} {text}");
    }
}
