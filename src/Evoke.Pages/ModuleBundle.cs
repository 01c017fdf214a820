using System.Text;
using System.Text.RegularExpressions;

namespace Evoke.Pages;

/// <summary>Bundles ES modules into one inline script, since a page opened from disk cannot load other files.</summary>
/// <remarks>
/// Each module becomes a function that runs once, after its imports, and returns its exports.
/// Only two forms are supported, the ones that Evoke's modules use: <c>import { a, b } from './file.js';</c>, and <c>export</c> before a function,
/// a class or a constant.
/// Anything else is an error, so that no module is bundled incorrectly.
/// </remarks>
internal static partial class ModuleBundle
{
    /// <summary>The script that runs a module and all of its imports.</summary>
    /// <param name="entry">Name of the module, such as "prediction/page.js".</param>
    /// <param name="read">Returns a module's text by its name.</param>
    /// <exception cref="InvalidOperationException">A module uses another form of import or export, or modules import each other in a cycle.</exception>
    public static string Of(string entry, Func<string, string> read)
    {
        StringBuilder script = new("'use strict';\n");
        Add(entry, [], []);
        return script.ToString();

        void Add(string name, HashSet<string> done, Stack<string> under)
        {
            if (under.Contains(name, StringComparer.Ordinal))
            {
                throw new InvalidOperationException($"Modules import each other in a cycle: {string.Join(" → ", under.Reverse().Append(name))}.");
            }

            if (!done.Add(name))
            {
                return;
            }

            string text = read(name);
            under.Push(name);
            foreach (Match import in Import().Matches(text))
            {
                Add(Resolve(name, import.Groups["path"].Value), done, under);
            }

            under.Pop();
            script.Append(Function(name, text));
        }
    }

    private static string Function(string name, string text)
    {
        List<string> exports = [];
        string imported = Import().Replace(text, import =>
            $"const {{ {import.Groups["names"].Value} }} = {Variable(Resolve(name, import.Groups["path"].Value))};");
        string body = Export().Replace(imported, export =>
        {
            exports.Add(export.Groups["name"].Value);
            return export.Groups["declaration"].Value;
        });
        return Unknown().Match(body) is { Success: true } unknown
            ? throw new InvalidOperationException(
                $"{name} contains an import or export form, or markup, that cannot be bundled: '{unknown.Value.Trim()}'.")
            : $"const {Variable(name)} = (() => {{\n{body}return {{ {string.Join(", ", exports)} }};\n}})();\n";
    }

    private static string Variable(string name) => "$" + NotInNames().Replace(name, "_");

    private static string Resolve(string from, string path)
    {
        string folder = from.Contains('/', StringComparison.Ordinal) ? from[..(from.LastIndexOf('/') + 1)] : string.Empty;
        return new Uri(new Uri($"http://modules/{folder}"), path).AbsolutePath[1..];
    }

    [GeneratedRegex(@"^import \{\s*(?<names>[\w$]+(,\s*[\w$]+)*),?\s*\} from '(?<path>\.{1,2}/[\w./-]+)';$", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^export (?<declaration>(function|class|const) (?<name>[\w$]+))", RegexOptions.Multiline)]
    private static partial Regex Export();

    [GeneratedRegex(@"^(import|export)\b.*|\bimport\s*[(.].*|</script.*|<!--.*", RegexOptions.Multiline)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"\W")]
    private static partial Regex NotInNames();
}
