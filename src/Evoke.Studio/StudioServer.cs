using System.Text.Json;
using System.Text.Json.Serialization;
using Evoke.Files;
using Evoke.Studio.Api;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Jobs;
using Evoke.Studio.Library;
using Evoke.Studio.Options;
using Evoke.Studio.Predictions;
using Evoke.Studio.Security;
using Evoke.Studio.Storage;
using Evoke.Studio.Web;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Logging.Console;

namespace Evoke.Studio;

/// <summary>Builds the web app from options; the caller runs it.</summary>
public static class StudioServer
{
    /// <summary>Builds a Studio server; it does not listen until it is started.</summary>
    /// <param name="options">Where it listens, what it may read, and its limits.</param>
    /// <param name="analyzer">Creates the analyzer, for tests; null for the real one.</param>
    /// <exception cref="StudioOptionsException">The options are unsafe or impossible.</exception>
    public static WebApplication Build(StudioOptions options, Func<IServiceProvider, IVideoAnalyzer>? analyzer = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.DataFolder);
        WebApplicationOptions place = new() { ApplicationName = "Evoke.Studio", ContentRootPath = options.DataFolder };
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(place);
        builder.Logging.ClearProviders().AddConsole(console => console.FormatterName = ShownConsoleFormatter.FormatterName)
            .AddConsoleFormatter<ShownConsoleFormatter, ConsoleFormatterOptions>().SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Evoke", LogLevel.Information);
        // Standard output is for results: only the address is written there.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address, options.Port);
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        });
        AddServices(builder.Services, options, analyzer);

        WebApplication app = builder.Build();
        RequestGuard guard = new(options);
        app.Use(guard.InvokeAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = ReportAsync,
            // Errors in a request are reported to its sender; only internal errors are logged.
            SuppressDiagnosticsCallback = failure => failure.Exception is EvokeException or BadHttpRequestException,
        });
        app.UseStatusCodePages(); // errors from the framework, such as a wrong content type, are also returned as problem details
        Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, StudioOptions options, Func<IServiceProvider, IVideoAnalyzer>? analyzer)
    {
        services.AddSingleton(options);
        services.AddSingleton(new StudioDatabase(System.IO.Path.Combine(options.DataFolder, "studio.db")));
        services.AddSingleton(new RootFolders(options.Roots));
        services.AddSingleton<VideoTable>().AddSingleton<JobTable>().AddSingleton<ResultTable>();
        services.AddSingleton<VideoAccess>().AddSingleton<VideoLimits>().AddSingleton<StorageQuota>().AddSingleton<UploadStore>().AddSingleton<AnalysisFiles>();
        services.AddSingleton<JobEvents>();
        services.AddSingleton<ModelShelf>().AddSingleton<FeatureShelf>().AddSingleton<ThumbnailStore>();
        services.AddSingleton<ResultExports>().AddSingleton<ComparisonMaker>();
        if (analyzer is null)
        {
            services.AddSingleton<IVideoAnalyzer, VideoAnalyzer>();
        }
        else
        {
            services.AddSingleton(analyzer);
        }

        services.AddSingleton<JobRoom>().AddSingleton<AnalysisWorker>().AddSingleton<PreviewWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<AnalysisWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<PreviewWorker>());
        services.AddSingleton(provider => new JobControl(
            options,
            provider.GetRequiredService<JobTable>(),
            provider.GetRequiredService<JobEvents>(),
            provider.GetRequiredService<AnalysisWorker>(),
            provider.GetRequiredService<PreviewWorker>()));
        services.AddSingleton<VideoLibrary>().AddSingleton<VideoViews>();
        services.AddProblemDetails();
        services.AddOpenApi(openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Evoke Studio";
            document.Info.Description = "Predicts what viewers of a video feel, second by second. The web page uses only this API.";
            return Task.CompletedTask;
        }));
    }

    private static void Map(WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api");
        StatusEndpoints.Map(api);
        LibraryEndpoints.Map(api);
        JobEndpoints.Map(api);
        ResultEndpoints.Map(api);
        app.MapOpenApi("/openapi/{documentName}.json");
        EmbeddedPage.Map(app);
    }

    /// <summary>Returns the message of an error in the request; any other error is internal, logged by the framework and reported as such.</summary>
    private static Task ReportAsync(HttpContext context)
    {
        Exception? error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        (int status, string message) = error switch
        {
            StudioRequestException request => (request.Status, request.Message),
            BadHttpRequestException bad => (bad.StatusCode, bad.Message),
            EvokeException known => (StatusCodes.Status422UnprocessableEntity, known.Message),
            _ => (StatusCodes.Status500InternalServerError, "Studio failed to handle this request; see its log for details."),
        };
        return Results.Problem(message, statusCode: status).ExecuteAsync(context);
    }

    /// <summary>The addresses on which a started Studio listens.</summary>
    public static IEnumerable<Uri> Addresses(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Urls.Select(url => new Uri(url));
    }
}
