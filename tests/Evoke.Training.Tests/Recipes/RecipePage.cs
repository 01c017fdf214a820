using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Evoke.Curves;
using Evoke.Kernels.Torch;
using Evoke.Training.Recipes;

namespace Evoke.Training.Tests.Recipes;

/// <summary>The page about the keys of recipes: docs/recipes.md is this text, made from the properties and their documentation.</summary>
internal static partial class RecipePage
{
    private const string Introduction = """
        # Recipe keys

        A recipe is a YAML file that says how a model is trained, besides the data. These are all its keys; a key that a recipe leaves out has the default
        shown here, which is the paper's. `--set section.key=value` changes one on the command line. [training.md](training.md) says more about recipes.
        This page is made from the code: to change it, change the code and run the tests once with `EVOKE_WRITE_DOCS=1`.
        """;

    private static readonly Dictionary<string, string> s_summaries = Summaries();

    /// <summary>The page as Markdown.</summary>
    public static string ToMarkdown()
    {
        StringBuilder page = new(Introduction + "\n\n");
        Recipe recipe = new();
        WriteTable(page, [.. RecipeBinder.KeysOf(typeof(Recipe)).Where(found => !RecipeBinder.IsSection(found.Property.PropertyType))], recipe);
        foreach ((RecipeKeyAttribute key, PropertyInfo property) in RecipeBinder.KeysOf(typeof(Recipe)).Where(
            found => RecipeBinder.IsSection(found.Property.PropertyType)))
        {
            page.Append(CultureInfo.InvariantCulture, $"## `{key.Key}`\n\n{SummaryOf(property)}\n\n");
            (RecipeKeyAttribute Key, PropertyInfo Property)[] keys = [.. RecipeBinder.KeysOf(property.PropertyType)];
            WriteTable(page, keys, property.GetValue(recipe)!);
            WriteKinds(page, property.PropertyType, key.Key);
            foreach ((RecipeKeyAttribute choiceKey, PropertyInfo choice) in keys.Where(found => found.Property.PropertyType.IsEnum))
            {
                WriteChoices(page, $"{key.Key}.{choiceKey.Key}", choice.PropertyType);
            }
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void WriteTable(StringBuilder page, (RecipeKeyAttribute Key, PropertyInfo Property)[] keys, object section)
    {
        page.Append("| key | value | default | meaning |\n|---|---|---|---|\n");
        foreach ((RecipeKeyAttribute key, PropertyInfo property) in keys)
        {
            bool isKind = section is IKindSection && key.Key == RecipeBinder.KindKey;
            string fallback = isKind ? (string)property.GetValue(section)! : RecipeText.Of(property.GetValue(section));
            string values = isKind ? "a name, see below" : ValuesOf(key, property.PropertyType);
            page.Append(CultureInfo.InvariantCulture, $"| `{key.Key}` | {values} | `{fallback}` | {SummaryOf(property)} |\n");
        }

        page.Append('\n');
    }

    private static void WriteKinds(StringBuilder page, Type section, string key)
    {
        (string Kind, string Summary)[] kinds = section == typeof(HeadRecipe)
            ? [.. TrainingCatalog.Default.Heads.Select(head => (head.Entry.Kind, head.Entry.Summary))]
            : section == typeof(LossRecipe) ? [.. TrainingCatalog.Default.Losses.Entries.Select(entry => (entry.Kind, entry.Summary))] : [];
        if (kinds.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"Values of `{key}.{RecipeBinder.KindKey}`; ")
                .Append("your own program can add to them ([extending.md](extending.md)):\n\n");
            page.AppendJoin('\n', kinds.Select(kind => $"* `{kind.Kind}`: {kind.Summary}")).Append("\n\n");
        }
    }

    private static void WriteChoices(StringBuilder page, string key, Type type)
    {
        page.Append(CultureInfo.InvariantCulture, $"Values of `{key}`:\n\n");
        foreach (Enum choice in Enum.GetValues(type).Cast<Enum>())
        {
            page.Append(CultureInfo.InvariantCulture, $"* `{RecipeText.NameOf(choice)}`: {Summary($"F:{type.FullName}.{choice}")}\n");
        }

        page.Append('\n');
    }

    private static string ValuesOf(RecipeKeyAttribute key, Type type) =>
        type == typeof(bool) ? "true, false"
        : type == typeof(string) ? "text"
        : type == typeof(IReadOnlyList<string>) ? "a list of names"
        : type == typeof(Precision?) ? $"{PrecisionNames.Fastest}, {PrecisionNames.NameOf(Precision.Float32)}, {PrecisionNames.NameOf(Precision.BFloat16)}"
        : type.IsEnum ? "a name, see below"
        : type == typeof(IReadOnlyList<int>) ? $"a list of whole numbers{RangeOf(key)}"
        : type == typeof(int) ? $"a whole number{RangeOf(key)}"
        : type == typeof(double) || type == typeof(Rate) ? $"a number{RangeOf(key)}"
        : throw new InvalidOperationException($"The page does not know how to show a {type}.");

    private static string RangeOf(RecipeKeyAttribute key)
    {
        string from = double.IsNegativeInfinity(key.Minimum) ? "" : FormattableString.Invariant($" {(key.MinimumExcluded ? "above" : "from")} {key.Minimum}");
        string to = double.IsPositiveInfinity(key.Maximum) ? "" : FormattableString.Invariant($" {(key.MaximumExcluded ? "below" : "up to")} {key.Maximum}");
        return from.Length > 0 && to.Length > 0 ? $"{from},{to}" : from + to;
    }

    private static string SummaryOf(PropertyInfo property) => Summary($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private static string Summary(string member) => s_summaries.TryGetValue(member, out string? summary)
        ? summary
        : throw new InvalidOperationException($"{member} has no documentation.");

    private static Dictionary<string, string> Summaries() => Directory.GetFiles(AppContext.BaseDirectory, "Evoke.*.xml")
        .SelectMany(path => XDocument.Load(path).Descendants("member"))
        .Where(member => member.Element("summary") is not null && Members().IsMatch(member.Attribute("name")!.Value))
        .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!), StringComparer.Ordinal);

    private static string Text(XElement summary) => Blanks().Replace(
        string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => "`" + (see.Attribute("cref")?.Value ?? see.Attribute("langword")!.Value).Split('.', ':')[^1] + "`",
            XElement element => "`" + element.Value + "`",
            _ => node.ToString(),
        })),
        " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex("^[PF]:Evoke")]
    private static partial Regex Members();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
