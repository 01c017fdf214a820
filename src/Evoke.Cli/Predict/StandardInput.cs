using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Files;
using Evoke.Heads;

namespace Evoke.Cli.Predict;

/// <summary>A video that comes through a pipe: <c>evoke predict -</c>.</summary>
internal static class StandardInput
{
    private const string Argument = "-";

    private static readonly StreamedVideo s_source = new("standard input") { VideoId = "stdin" };

    /// <summary>Copies standard input to a temporary file; null if it was not asked for.</summary>
    /// <exception cref="WrongUseException">There are other inputs too, or standard input is a terminal.</exception>
    public static async Task<SpooledFile?> ReadAsync(VerbContext context, string[] inputs)
    {
        if (!inputs.Contains(Argument))
        {
            return null;
        }

        if (inputs.Length > 1)
        {
            throw new WrongUseException("'-' reads one video from standard input: give nothing beside it.");
        }

        if (!Console.IsInputRedirected)
        {
            throw new WrongUseException("'-' reads a video from standard input, which is a terminal: pipe a video into it.");
        }

        using Stream input = Console.OpenStandardInput();
        return await SpooledFile.CopyAsync(input, s_source.Name, s_source.MostBytes, cancellationToken: context.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>The input of a run.</summary>
    public static PredictionInput InputOf(SpooledFile file) => new(s_source.Name, s_source.VideoId, file.Path, null) { Stream = s_source };
}
