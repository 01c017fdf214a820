namespace Evoke.Cli.Tests.Documentation.Pages;

/// <summary>Names the page whose commands a class of tests runs.</summary>
/// <param name="path">Its path from the root of the checkout: "docs/start.md".</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PageAttribute(string path) : Attribute
{
    /// <summary>Its path from the root of the checkout.</summary>
    public string Path => path;
}
