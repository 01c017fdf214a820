using System.Net;

namespace Evoke.Pages;

/// <summary>How every page begins: what it may do, how it is sized, its title and its style.</summary>
public static class PageHead
{
    /// <summary>From the document type to the start of the body, of a page without a script.</summary>
    /// <param name="title">The title, as it is shown: it may hold anything.</param>
    /// <param name="style">The page's own rules, after those that all pages share.</param>
    public static string Of(string title, string style)
    {
        string all = PageFiles.Style + style;
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{ContentSecurity.PolicyFor(all)}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <title>{WebUtility.HtmlEncode(title)} · Evoke</title>
            <style>{all}</style>
            </head>
            <body>

            """;
    }
}
