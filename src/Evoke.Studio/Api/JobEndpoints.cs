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

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/jobs", (JobTable jobs) => TypedResults.Ok(jobs.Newest(MostListed))).WithName("ListJobs").WithSummary("The newest jobs.");
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
                + "and a 'removed' event with the videoId of every video that leaves the library.");
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
            foreach (JobRecord job in jobs.Newest(MostListed).Where(job => !job.IsOver).Reverse())
            {
                yield return new SseItem<object>(job, "job");
            }

            while (await NextAsync(next, end.Token).ConfigureAwait(false))
            {
                yield return new SseItem<object>(news.Current, news.Current is RemovedVideo ? "removed" : "job");
                next = news.MoveNextAsync();
            }
        }
    }

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
