using System.Text.Json;
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
/// <remarks>Thread-safe: each call builds a server of its own, and a second one for the same data folder is refused.</remarks>
public static class StudioServer
{
    private const int LongestAddress = 1 << 16; // bytes: the ids of a few thousand videos

    /// <summary>Builds a Studio server; it does not listen until it is started.</summary>
    /// <param name="options">Where it listens, what it may read, and its limits.</param>
    /// <exception cref="StudioOptionsException">The options are unsafe or impossible, or another Studio uses the data folder.</exception>
    /// <exception cref="StudioDatabaseException">The database is damaged, or it cannot be read or written.</exception>
    /// <exception cref="FileWriteException">The data folder cannot be written to, or its disk is full.</exception>
    public static WebApplication Build(StudioOptions options) => Build(options, null);

    /// <summary>Builds a Studio server with an analyzer of a test's own; null for the real one.</summary>
    internal static WebApplication Build(StudioOptions options, Func<IServiceProvider, IVideoAnalyzer>? analyzer)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ModelFolders.FirstOrDefault(models => !Directory.Exists(models)) is { } missing)
        {
            throw new StudioOptionsException($"The folder {missing} given with --models does not exist.");
        }

        DataFolder folder = DataFolder.Open(options.DataFolder);
        try
        {
            return Build(options, analyzer, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static WebApplication Build(StudioOptions options, Func<IServiceProvider, IVideoAnalyzer>? analyzer, DataFolder folder)
    {
        WebApplicationOptions place = new() { ApplicationName = "Evoke.Studio", ContentRootPath = options.DataFolder };
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(place);
        builder.Logging.ClearProviders().AddConsole(console => console.FormatterName = ShownConsoleFormatter.FormatterName)
            .AddConsoleFormatter<ShownConsoleFormatter, ConsoleFormatterOptions>().SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Evoke", LogLevel.Information);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical); // what prevents a start is thrown; the caller reports it
        // Standard output is for results: only the address is written there.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = LongestAddress;
            kestrel.Listen(options.Address, options.Port);
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            FiniteNumber.Configure(json.SerializerOptions);
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // so that ReportAsync says what is wrong
        AddServices(builder.Services, options, analyzer);
        builder.Services.AddSingleton(_ => folder);

        WebApplication app = builder.Build();
        app.Services.GetRequiredService<DataFolder>(); // from now on it is disposed of with the app
        ThrowIfDamaged(app.Services);
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
        services.AddSingleton<VideoTable>().AddSingleton<JobTable>().AddSingleton<ResultTable>().AddSingleton<MeasureTable>().AddSingleton<TagTable>()
            .AddSingleton<RatingTable>();
        services.AddSingleton<VideoAccess>().AddSingleton<VideoLimits>().AddSingleton<StorageQuota>().AddSingleton<UploadStore>().AddSingleton<AnalysisFiles>()
            .AddSingleton<RatingStore>();
        services.AddSingleton<JobEvents>().AddSingleton<DiskWait>();
        services.AddSingleton<ModelShelf>().AddSingleton<FeatureShelf>().AddSingleton<ThumbnailStore>();
        services.AddSingleton<NormStore>().AddSingleton<MeasureShelf>().AddSingleton<NormChoices>();
        services.AddSingleton<SummarizedResults>().AddSingleton<ResultExports>().AddSingleton<ExportArchive>().AddSingleton<VideoScoreTables>();
        services.AddSingleton<ComparisonMaker>().AddSingleton<FilmTrackShelf>().AddSingleton<RatingShelf>();
        if (analyzer is null)
        {
            services.AddSingleton<IVideoAnalyzer, VideoAnalyzer>();
        }
        else
        {
            services.AddSingleton(analyzer);
        }

        services.AddSingleton<JobRoom>().AddSingleton<AnalysisWorker>().AddSingleton<PreviewWorker>();
        services.AddHostedService<JobRecovery>(); // before the workers
        services.AddHostedService(provider => provider.GetRequiredService<AnalysisWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<PreviewWorker>());
        services.AddSingleton(provider => new JobControl(
            options,
            provider.GetRequiredService<ModelShelf>(),
            provider.GetRequiredService<JobTable>(),
            provider.GetRequiredService<JobEvents>(),
            provider.GetRequiredService<AnalysisWorker>(),
            provider.GetRequiredService<PreviewWorker>()));
        services.AddSingleton<UndoableRemovals>().AddSingleton<VideoTags>().AddSingleton<SameVideos>().AddSingleton<VideoLibrary>().AddSingleton<VideoViews>()
            .AddSingleton<VideoRatings>();
        services.AddHostedService<RemovalWorker>();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Explain);
        services.AddOpenApi(ApiDescription.Configure);
    }

    /// <summary>Reads every row once, and prepares the folders: what is wrong with them is said before the server starts.</summary>
    private static void ThrowIfDamaged(IServiceProvider services)
    {
        services.GetRequiredService<VideoTable>().All();
        services.GetRequiredService<VideoTable>().Removed();
        services.GetRequiredService<JobTable>().ThrowIfDamaged();
        services.GetRequiredService<ResultTable>().ThrowIfDamaged();
        services.GetRequiredService<ResultTable>().RenewSparklines();
        services.GetRequiredService<MeasureTable>().ThrowIfDamaged();
        services.GetRequiredService<UploadStore>();
        services.GetRequiredService<AnalysisFiles>();
        services.GetRequiredService<NormStore>();
        services.GetRequiredService<RatingStore>();
    }

    private static void Map(WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api");
        api.AddEndpointFilter(new DeletedMeanwhile(app.Services.GetRequiredService<VideoTable>(), app.Services.GetRequiredService<AnalysisFiles>()));
        StatusEndpoints.Map(api.MapGroup("").WithTags(ApiDescription.Server));
        LibraryEndpoints.Map(api.MapGroup("").WithTags(ApiDescription.Library));
        SortingEndpoints.Map(api.MapGroup("").WithTags(ApiDescription.Library));
        JobEndpoints.Map(api.MapGroup("").WithTags(ApiDescription.Jobs));
        ResultEndpoints.Map(api.MapGroup("").WithTags(ApiDescription.Results));
        RatingEndpoints.Map(api.MapGroup("").WithTags(ApiDescription.Ratings));
        ManyEndpoints.Map(api.MapGroup("").WithTags(ApiDescription.Results));
        SummaryEndpoints.Map(api.MapGroup("").WithTags(ApiDescription.Results));
        app.MapOpenApi("/openapi/{documentName}.json");
        EmbeddedPage.Map(app);
    }

    /// <summary>Says what is wrong with a request that the framework has refused without a word.</summary>
    private static void Explain(ProblemDetailsContext context) => context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
    {
        StatusCodes.Status405MethodNotAllowed => "This address has no such method; /openapi/v1.json lists all calls.",
        StatusCodes.Status415UnsupportedMediaType => "The body of this call must be application/json; that of an upload, application/octet-stream.",
        _ => null,
    };

    /// <summary>Returns the message of an error in the request; any other error is internal, logged by the framework and reported as such.</summary>
    private static Task ReportAsync(HttpContext context)
    {
        Exception? error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        (int status, string message) = error switch
        {
            StudioRequestException request => (request.Status, request.Message),
            BadHttpRequestException bad => (bad.StatusCode, BadRequestText.Of(bad)),
            StudioDatabaseException { IsDiskFull: true } or FileWriteException { IsDiskFull: true } => (
                StatusCodes.Status507InsufficientStorage,
                "The disk that holds Studio's data folder is full. Make room on it, for example by deleting videos here."),
            StudioDatabaseException database => (StatusCodes.Status500InternalServerError, database.Message),
            EvokeException known => (StatusCodes.Status422UnprocessableEntity, known.Message),
            _ => (StatusCodes.Status500InternalServerError, "Studio failed to handle this request; see its log for details."),
        };
        Dictionary<string, object?>? more = error is StudioRequestException { SameAs: string same } ? new() { ["sameAs"] = same } : null;
        return Results.Problem(message, statusCode: status, extensions: more).ExecuteAsync(context);
    }

    /// <summary>The addresses on which a started Studio listens.</summary>
    public static IEnumerable<Uri> Addresses(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Urls.Select(url => new Uri(url));
    }
}
