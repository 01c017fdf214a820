using System.ComponentModel;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Evoke.Studio.Errors;
using Evoke.Studio.Jobs;
using Evoke.Studio.Library;
using Evoke.Studio.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evoke.Studio.Api;

/// <summary>The job queue: state, progress, cancel and retry.</summary>
internal static class JobEndpoints
{
    private const int MostListed = 200;
    private const int MostInPage = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/jobs", List).WithName("ListJobs").WithSummary("The jobs, newest first, page by page.");
        api.MapGet("/queue", (JobTable jobs) => TypedResults.Ok(QueueView.Of(jobs.Counts(), jobs.Open()))).WithName("GetQueue")
            .WithSummary("How many jobs wait, run and have ended, and those that run.");
        api.MapPost("/queue/cancel", (JobControl queue) => TypedResults.Ok(new CancelledView(queue.CancelAll()))).WithName("CancelAllJobs")
            .WithSummary("Cancel every waiting and running job.");
        api.MapGet("/jobs/{id:long}", Get).WithName("GetJob").WithSummary("One job.");
        api.MapPost("/videos/{id}/analyses", (string id, AnalyseRequest request, VideoLibrary library, JobControl queue) =>
            TypedResults.Accepted("/api/jobs", queue.Analyse(library.Get(id).Id, request.Model))).WithName("AnalyseVideo")
            .WithSummary("Queue an analysis with a model.");
        api.MapPost("/videos/{id}/preview", (string id, VideoLibrary library, JobControl queue) =>
                TypedResults.Accepted("/api/jobs", queue.Preview(library.Get(id).Id)))
            .WithName("MakePreview").WithSummary("Queue a job that makes a small copy for playback in browsers; if there is a copy, the job ends at once.");
        api.MapPost("/jobs/{id:long}/cancel", (long id, JobControl queue) =>
        {
            queue.Cancel(id);
            return TypedResults.NoContent();
        }).WithName("CancelJob").WithSummary("Cancel a waiting or running job.");
        api.MapPost("/jobs/{id:long}/retry", (long id, JobControl queue) => TypedResults.Accepted("/api/jobs", queue.Retry(id)))
            .WithName("RetryJob").WithSummary("Queue a failed or cancelled job again.");
        api.MapGet("/events", (JobEvents events, JobTable jobs, HttpContext context, IHostApplicationLifetime lifetime) =>
            TypedResults.ServerSentEvents(StreamAsync(events, jobs, lifetime, context.RequestAborted)))
            .WithName("ListenToJobs")
            .WithSummary("Server-sent events: first 'listening', then a 'job' event for each job that has not ended, then one for every change to a job, "
                + "a 'removed' event with the videoId of every video that leaves the library, and a 'changed' event with that of one that "
                + "is renamed, tagged or put back.");
    }

    private static Ok<IReadOnlyList<JobRecord>> List(
        JobTable jobs,
        [Description("all, open (waiting or running), ended, or failed (and not tried again since).")] string state = "all",
        [Description("asc, the order in which they run, or desc.")] string order = "desc",
        [Description("The id of the last job of the page before.")] long? after = null,
        [Description("The most jobs of this page, 1 to 1000.")] int limit = MostListed)
    {
        JobFilter filter = state switch
        {
            "all" => JobFilter.All,
            "open" => JobFilter.Open,
            "ended" => JobFilter.Ended,
            "failed" => JobFilter.Failed,
            _ => throw new StudioRequestException(
                StatusCodes.Status400BadRequest, $"state must be all, open, ended or failed; found '{RequestText.Short(state)}'."),
        };
        if (limit is < 1 or > MostInPage)
        {
            throw new StudioRequestException(StatusCodes.Status400BadRequest, string.Create(CultureInfo.InvariantCulture,
                $"limit must be from 1 to {MostInPage}; found {limit}."));
        }

        return TypedResults.Ok(jobs.Page(filter, !VideoOrder.IsDescending(order), after, limit));
    }

    private static Ok<JobRecord> Get(long id, JobTable jobs) =>
        TypedResults.Ok(jobs.Find(id) ?? throw new StudioRequestException(StatusCodes.Status404NotFound, $"There is no job {id}."));

    private static async IAsyncEnumerable<SseItem<object>> StreamAsync(
        JobEvents events, JobTable jobs, IHostApplicationLifetime lifetime, [EnumeratorCancellation] CancellationToken aborted)
    {
        // An open stream must not delay the shutdown of the server.
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        IAsyncEnumerator<object> news = events.ListenAsync(end.Token).GetAsyncEnumerator(end.Token);
        await using (news.ConfigureAwait(false))
        {
            // Listening begins with the first MoveNext; changes before the list below is read are in the list.
            ValueTask<bool> next = news.MoveNextAsync();
            // The response begins with its first event: without one, a listener could not tell a silent Studio from one that is gone.
            yield return new SseItem<object>(new object(), "listening");
            foreach (JobRecord job in jobs.Open())
            {
                yield return new SseItem<object>(job, "job");
            }

            while (await NextAsync(next, end.Token).ConfigureAwait(false))
            {
                yield return new SseItem<object>(news.Current, NameOf(news.Current));
                next = news.MoveNextAsync();
            }
        }
    }

    private static string NameOf(object update) => update switch
    {
        RemovedVideo => "removed",
        ChangedVideo => "changed",
        _ => "job",
    };

    private static async ValueTask<bool> NextAsync(ValueTask<bool> next, CancellationToken end)
    {
        try
        {
            return await next.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false; // the listener disconnected or the server is shutting down: the normal end of a stream
        }
    }
}
