using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Evoke.Studio.Options;

namespace Evoke.Studio.Security;

/// <summary>Accepts only requests from Studio's own page or from the user's own programs.</summary>
/// <remarks>
/// Checks Host against DNS rebinding, Origin and Sec-Fetch-Site against requests from other sites, and the token, if one is set, in constant
/// time. Every response carries a content security policy that forbids inline scripts.
/// </remarks>
internal sealed class RequestGuard
{
    private const string Cookie = "evoke_token";
    private const int HttpPort = 80; // the port of a Host header without one
    private static readonly string[] OwnNames = ["localhost", "127.0.0.1", "[::1]"];
    private readonly byte[]? _tokenHash;
    private readonly bool _anyHost;
    private readonly string _address;

    public RequestGuard(StudioOptions options)
    {
        bool loopback = IPAddress.IsLoopback(options.Address);
        if (!loopback && string.IsNullOrEmpty(options.Token))
        {
            throw new StudioOptionsException($"Listening on {options.Address} makes Studio reachable from other machines and needs --token.");
        }

        _tokenHash = options.Token is null ? null : Hash(options.Token);
        // Other machines may use host names that Studio cannot know. There the token protects against rebinding, since cookies are bound to the host name.
        _anyHost = !loopback;
        _address = options.Address.ToString();
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        AddHeaders(context.Response.Headers);
        if (!IsKnownHost(context.Request.Host, context.Connection.LocalPort))
        {
            await RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, string.Create(CultureInfo.InvariantCulture,
                $"The Host header '{context.Request.Host}' does not match Studio; expected localhost or {_address} with port {context.Connection.LocalPort}, "
                + $"as printed when Studio started. A tunnel must use the same port."))
                .ConfigureAwait(false);
            return;
        }

        if (IsForeign(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Requests from other sites are not allowed.").ConfigureAwait(false);
            return;
        }

        if (_tokenHash is not null && !await AdmitAsync(context).ConfigureAwait(false))
        {
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; "
            + "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    private bool IsKnownHost(HostString host, int port) =>
        _anyHost || ((host.Port ?? HttpPort) == port && OwnNames.Append(_address).Contains(host.Host, StringComparer.OrdinalIgnoreCase));

    private static bool IsForeign(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        bool navigation = HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate";
        if (site is "cross-site" or "same-site" && !navigation)
        {
            return true;
        }

        string origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True if the request carries the token. `/?token=…` stores it in a cookie and redirects to `/`, so that it does not stay in the address
    /// bar.</summary>
    private async Task<bool> AdmitAsync(HttpContext context)
    {
        string? given = context.Request.Query["token"];
        if (given is not null && HttpMethods.IsGet(context.Request.Method) && context.Request.Path == "/")
        {
            if (!IsToken(given))
            {
                await RefuseAsync(context, StatusCodes.Status401Unauthorized,
                    "The token is wrong; use the one printed when Studio started.").ConfigureAwait(false);
                return false;
            }

            context.Response.Cookies.Append(Cookie, given, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true });
            context.Response.Redirect("/");
            return false;
        }

        string authorization = context.Request.Headers.Authorization.ToString();
        string? token = authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization["Bearer ".Length..] : context.Request.Cookies[Cookie];
        if (IsToken(token))
        {
            return true;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        await RefuseAsync(context, StatusCodes.Status401Unauthorized,
            "A token is required: open the address printed when Studio started, or send 'Authorization: Bearer TOKEN'.")
            .ConfigureAwait(false);
        return false;
    }

    // Hashes are compared, so that the timing does not reveal even the length of the token.
    private bool IsToken(string? token) => token is not null && CryptographicOperations.FixedTimeEquals(Hash(token), _tokenHash);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static Task RefuseAsync(HttpContext context, int status, string message) =>
        Results.Problem(message, statusCode: status).ExecuteAsync(context);
}
