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

/// <summary>The web app: build it from options, then run it.</summary>
public static class StudioServer
{
    /// <summary>Builds a Studio; nothing listens until it is started.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="analyzer">What analyses videos in place of the real thing; null for that.</param>
    /// <exception cref="StudioOptionsException">The options would make an unsafe or impossible server.</exception>
    public static WebApplication Build(StudioOptions options, Func<IServiceProvider, IVideoAnalyzer>? analyzer = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.DataFolder);
        WebApplicationOptions place = new() { ApplicationName = "Evoke.Studio", ContentRootPath = options.DataFolder };
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(place);
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Evoke", LogLevel.Information);
        // Standard output is for results: there, the address alone.
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
            // What a person did wrong is told to them; only faults of ours belong in the log.
            SuppressDiagnosticsCallback = failure => failure.Exception is EvokeException or BadHttpRequestException,
        });
        app.UseStatusCodePages(); // a refusal by the framework, such as of a wrong content type, is told as every other: as a problem
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
            document.Info.Description = "What a video makes its viewers feel, second by second. Everything that the page does, it does with this API.";
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

    /// <summary>Errors of the request are told in their words; any other is a fault of ours, logged by the framework and told as such.</summary>
    private static Task ReportAsync(HttpContext context)
    {
        Exception? error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        (int status, string message) = error switch
        {
            StudioRequestException request => (request.Status, request.Message),
            BadHttpRequestException bad => (bad.StatusCode, bad.Message),
            EvokeException known => (StatusCodes.Status422UnprocessableEntity, known.Message),
            _ => (StatusCodes.Status500InternalServerError, "Studio broke down on this request; its log says how."),
        };
        return Results.Problem(message, statusCode: status).ExecuteAsync(context);
    }

    /// <summary>The addresses on which a started Studio answers.</summary>
    public static IEnumerable<Uri> Addresses(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Urls.Select(url => new Uri(url));
    }
}
