namespace Evoke.Testing;

/// <summary>HTTP clients of tests. A busy machine may take longer to answer than the 100 s that .NET's client waits by itself.</summary>
public static class PatientClient
{
    /// <summary>A client that waits ten minutes: so long takes only what hangs.</summary>
    /// <param name="address">The server.</param>
    public static HttpClient To(Uri address) => new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
}
