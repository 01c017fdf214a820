using Microsoft.AspNetCore.Http.Features;

namespace Evoke.Studio.Api;

/// <summary>The size of a request's body.</summary>
internal static class RequestBody
{
    /// <summary>Sets another limit than the server's general one, which ends the connection without a message of ours.</summary>
    /// <param name="context">The request.</param>
    /// <param name="most">The most bytes that the server takes; null where Studio counts them itself.</param>
    public static void Limit(HttpContext context, long? most)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }
    }
}
