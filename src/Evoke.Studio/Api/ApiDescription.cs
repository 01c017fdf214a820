using Evoke.Curves;
using Evoke.Heads.Models;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Evoke.Studio.Api;

/// <summary>What the OpenAPI document says beyond the calls themselves: tags, errors, the token, the licence.</summary>
internal static class ApiDescription
{
    /// <summary>The videos themselves.</summary>
    public const string Library = "Library";

    /// <summary>Analyses and previews, and their progress.</summary>
    public const string Jobs = "Jobs";

    /// <summary>Models, curves, comparisons and exports.</summary>
    public const string Results = "Results";

    /// <summary>What viewers said of the videos.</summary>
    public const string Ratings = "Ratings";

    /// <summary>The server.</summary>
    public const string Server = "Server";

    private const string Problem = nameof(ProblemDetails);
    private const string Token = "token";

    private static readonly (string Name, string About)[] Tags =
    [
        (Library, "Videos: list, add, upload, play and delete."),
        (Jobs, "Analyses and previews, and their progress."),
        (Results, "Models, curves, moments, summaries, norms, comparisons and exports."),
        (Ratings, "What viewers said of a video, beside its curves."),
        (Server, "Version, limits and load."),
    ];

    /// <summary>Describes the API in <paramref name="options"/>.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(DescribeAsync);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            SayWhatIsSent(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            operation.Responses ??= [];
            operation.Responses["4XX"] = Refusal(
                "The request is refused; the detail says what was expected and what was found. 400: a value is not allowed. 401: the token is missing or "
                + "wrong. 404: there is no such thing. 409: not in this state. 410: the video has been deleted. 413: too large. "
                + "422: the video or the file cannot be used. 429: too many jobs wait.",
                context.Document);
            operation.Responses["5XX"] = Refusal("507: the disk is full. 500: Studio failed, and its log says more.", context.Document);
            return Task.CompletedTask;
        });
    }

    private static async Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info.Title = "Evoke Studio";
        document.Info.Description = "Predicts what viewers of a video feel, second by second. The web page uses only this API.";
        document.Info.Version = EvokeVersion.Text;
        document.Info.License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The server that gave this document." }];
        document.Tags = new HashSet<OpenApiTag>(Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.About }));
        document.AddComponent(Problem, await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellation).ConfigureAwait(false));
        document.AddComponent<IOpenApiSecurityScheme>(Token, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The token of --token. Without that option, Studio takes requests of its own machine, without a token.",
        });
        IDictionary<string, IOpenApiSchema>? schemas = document.Components?.Schemas;
        if (schemas is not null && schemas.TryGetValue(nameof(ModelCard), out IOpenApiSchema? card) && card.Properties is not null
            && card.Properties.TryGetValue("scores", out IOpenApiSchema? found) && found is OpenApiSchema scores)
        {
            scores.Description = "A score that does not exist, such as the Pearson correlation with a constant curve, is null.";
            scores.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.Null, Format = "double" };
        }

        document.Security = [[], new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, document)] = [] }];
    }

    // What the framework derives from .NET's types is not what is sent: numbers would be objects, a rate anything, bytes Base64 text.
    private static void SayWhatIsSent(OpenApiSchema schema, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(double) || plain == typeof(float) || plain == typeof(Rate))
        {
            schema.AnyOf = null;
            schema.Pattern = null;
            schema.Type = JsonSchemaType.Number | (plain == type ? 0 : JsonSchemaType.Null);
            schema.Format = plain == typeof(float) ? "float" : "double";
        }
        else if (type == typeof(byte[]))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.String, "binary");
        }
        else if (plain.IsEnum)
        {
            schema.Type = JsonSchemaType.String | (plain == type ? 0 : JsonSchemaType.Null);
        }
    }

    private static OpenApiResponse Refusal(string about, OpenApiDocument? document) => new()
    {
        Description = about,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Problem, document) },
        },
    };
}
