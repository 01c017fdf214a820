using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Shell;
using Evoke.Training.Recipes;

namespace Evoke.Cli.Verbs;

/// <summary>What a verb gets when it runs: its arguments, where to print, and when to stop.</summary>
internal sealed class VerbContext
{
    private readonly ParseResult _arguments;
    private readonly Interruption? _interruption;

    public VerbContext(ParseResult arguments, CancellationToken cancellationToken)
    {
        _arguments = arguments;
        TerminalInvocation invocation = (TerminalInvocation)arguments.InvocationConfiguration;
        Terminal = invocation.Terminal;
        _interruption = invocation.Interruption;
        Catalog = invocation.Catalog;
        CancellationToken = cancellationToken;
    }

    /// <summary>Standard output and standard error.</summary>
    public Terminal Terminal { get; }

    /// <summary>The heads and losses that recipes and model files may name.</summary>
    public TrainingCatalog Catalog { get; }

    /// <summary>
    /// Cancelled by Ctrl-C, and by SIGTERM and SIGUSR1 unless the verb called <see cref="TakeTime"/>. The verb must then leave no partial files.
    /// </summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>From now on SIGTERM and SIGUSR1 cancel only the returned token, so that the verb can stop gracefully.</summary>
    public CancellationToken TakeTime() => _interruption?.TakeTime() ?? CancellationToken.None;

    /// <summary>The command line as given, word by word.</summary>
    public IReadOnlyList<string> Command => ["evoke", .. _arguments.Tokens.Select(token => token.Value)];

    /// <summary>The value of an option: given, or its default.</summary>
    public T? Get<T>(Option<T> option) => _arguments.GetValue(option);

    /// <summary>The value of an argument: given, or its default.</summary>
    public T? Get<T>(Argument<T> argument) => _arguments.GetValue(argument);

    /// <summary>The value of an option that is required or has a default.</summary>
    public T GetRequired<T>(Option<T> option) => _arguments.GetRequiredValue(option);

    /// <summary>The value of an argument that is required or has a default.</summary>
    public T GetRequired<T>(Argument<T> argument) => _arguments.GetRequiredValue(argument);

    /// <summary>True if the option was given.</summary>
    public bool IsGiven(Option option) => _arguments.CommandResult.IsGiven(option);

    /// <summary>A line on standard error: a note or a warning.</summary>
    public void Log(string line) => Terminal.Log(line);

    /// <summary>An error line on standard error.</summary>
    public void Fail(string line) => Terminal.Fail(line);

    /// <summary>A detail on standard error, printed with <c>--verbose</c>.</summary>
    public void Detail(string line) => Terminal.Detail(line);

    /// <summary>
    /// The settings of the verb, one line for each argument and option that has a value: whether it was given or is a default, and the sizes of files.
    /// </summary>
    public IEnumerable<string> Choices()
    {
        Command verb = _arguments.CommandResult.Command;
        foreach (Symbol symbol in verb.Arguments.Concat<Symbol>(verb.Options.Where(option => option is not Option<bool> || IsGiven(option))))
        {
            string[] values = [.. (_arguments.GetResult(symbol)?.Tokens ?? []).Select(token => token.Value)];
            if (values.Length > 0 || symbol is Option<bool>)
            {
                yield return $"{symbol.Name} {string.Join(' ', values.Select(value => Describe(symbol, value)))}".TrimEnd();
            }
            else if (
                symbol is Option { HasDefaultValue: true } option && string.Create(
                    CultureInfo.InvariantCulture, $"{option.GetDefaultValue()}") is { Length: > 0 } usual)
            {
                yield return $"{symbol.Name} {usual} (default)";
            }
        }
    }

    private static string Describe(Symbol symbol, string value) => symbol is IPathSymbol { Role: PathRole.InputFile } && File.Exists(value)
        ? string.Create(CultureInfo.InvariantCulture, $"{value} ({new FileInfo(value).Length:N0} bytes)")
        : value;
}
