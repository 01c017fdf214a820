using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Evoke.Studio.Options;

namespace Evoke.Studio.Security;

/// <summary>Lets in only requests that come from our own page or from a program of the person who runs Studio.</summary>
/// <remarks>
/// Host is checked against DNS rebinding, Origin and Sec-Fetch-Site against other sites' pages, and the token, where one is set, in constant
/// time. Every answer carries a content security policy without inline script.
/// </remarks>
internal sealed class RequestGuard
{
    private const string Cookie = "evoke_token";
    private const int HttpPort = 80; // what a Host without a port means
    private static readonly string[] OwnNames = ["localhost", "127.0.0.1", "[::1]"];
    private readonly byte[]? _tokenHash;
    private readonly bool _anyHost;
    private readonly string _address;

    public RequestGuard(StudioOptions options)
    {
        bool loopback = IPAddress.IsLoopback(options.Address);
        if (!loopback && string.IsNullOrEmpty(options.Token))
        {
            throw new StudioOptionsException($"Listening on {options.Address} opens Studio to other machines and needs --token.");
        }

        _tokenHash = options.Token is null ? null : Hash(options.Token);
        // Other machines reach us under names that we cannot know; there the token stands against rebinding, since no cookie follows a foreign name.
        _anyHost = !loopback;
        _address = options.Address.ToString();
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        AddHeaders(context.Response.Headers);
        if (!IsKnownHost(context.Request.Host, context.Connection.LocalPort))
        {
            await RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, string.Create(CultureInfo.InvariantCulture,
                $"The Host '{context.Request.Host}' is not Studio's; expected localhost or {_address} with port {context.Connection.LocalPort}, "
                + $"the address that was printed at its start. A tunnel keeps the port."))
                .ConfigureAwait(false);
            return;
        }

        if (IsForeign(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "The request comes from another site's page.").ConfigureAwait(false);
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

    /// <summary>True if the request carries the token. `/?token=…` sets it as a cookie and goes on to `/`, so that it does not stay in the address
    /// bar.</summary>
    private async Task<bool> AdmitAsync(HttpContext context)
    {
        string? given = context.Request.Query["token"];
        if (given is not null && HttpMethods.IsGet(context.Request.Method) && context.Request.Path == "/")
        {
            if (!IsToken(given))
            {
                await RefuseAsync(context, StatusCodes.Status401Unauthorized,
                    "The token is not the one that was printed at Studio's start.").ConfigureAwait(false);
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
            "A token is needed: open the address that was printed at Studio's start, or send 'Authorization: Bearer TOKEN'.")
            .ConfigureAwait(false);
        return false;
    }

    // Hashes are compared, so that not even the length of the token shows in the time.
    private bool IsToken(string? token) => token is not null && CryptographicOperations.FixedTimeEquals(Hash(token), _tokenHash);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static Task RefuseAsync(HttpContext context, int status, string message) =>
        Results.Problem(message, statusCode: status).ExecuteAsync(context);
}
