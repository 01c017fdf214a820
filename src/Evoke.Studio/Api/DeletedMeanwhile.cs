using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Api;

/// <summary>
/// Requests for a video that is deleted while they are handled: the answer is 404, whatever its vanished files made of them, and files that they wrote
/// after the deletion go too.
/// </summary>
internal sealed class DeletedMeanwhile(VideoTable videos, AnalysisFiles files) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.GetRouteValue("id") is not string id)
        {
            return await next(context).ConfigureAwait(false);
        }

        object? answer;
        try
        {
            answer = await next(context).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not (StudioRequestException or OperationCanceledException) && IsGone(id))
        {
            throw new StudioRequestException(StatusCodes.Status404NotFound, $"The video '{id}' was deleted meanwhile.");
        }

        if (!HttpMethods.IsDelete(context.HttpContext.Request.Method))
        {
            _ = IsGone(id);
        }

        return answer;
    }

    private bool IsGone(string id)
    {
        if (!videos.WasDeleted(id))
        {
            return false;
        }

        files.Delete(id);
        return true;
    }
}
