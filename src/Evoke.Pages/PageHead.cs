using System.Net;

namespace Evoke.Pages;

/// <summary>The head of every page: its content security policy, viewport, title and style.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class PageHead
{
    /// <summary>The HTML of a page without a script, from the document type to the start of the body.</summary>
    /// <param name="title">The title as plain text; it is escaped.</param>
    /// <param name="style">The page's own rules, which follow the shared ones.</param>
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
