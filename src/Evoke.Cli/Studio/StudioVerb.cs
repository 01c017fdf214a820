using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using Evoke.Encoders.Weights;
using Evoke.Studio;
using Evoke.Studio.Options;
using Microsoft.AspNetCore.Builder;

namespace Evoke.Cli.Studio;

/// <summary><c>evoke studio</c>.</summary>
internal sealed class StudioVerb : Verb
{
    private const int TokenBytes = 18;

    private readonly Option<int> _port = new("--port") { Description = "TCP port to listen on; 0 for a free one.", HelpName = "N", DefaultValueFactory = _ => 5180 };
    private readonly Option<string> _address = new("--address")
    {
        Description = "Address to listen on. Any but this machine's own needs a token.",
        HelpName = "IP",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "Secret that every request must carry. With another --address than this machine's own and no token, one is made and printed.",
        HelpName = "TOKEN",
    };

    private readonly Option<string[]> _roots = new("--root") { Description = "A folder whose videos may be added by name. May be given several times.", HelpName = "FOLDER", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _data = new("--data") { Description = "Where library, uploads and features are kept. Without it, studio in Evoke's cache folder.", HelpName = "FOLDER" };
    private readonly Option<string[]> _models = new("--models") { Description = "A folder with model files. May be given several times.", HelpName = "FOLDER", DefaultValueFactory = _ => [] };
    private readonly Option<double> _quota = new("--quota") { Description = "The most that all uploads and previews together may take, in GB.", HelpName = "GB", DefaultValueFactory = _ => 64 };
    private readonly Option<double> _largest = new("--max-upload") { Description = "The largest upload, in GB.", HelpName = "GB", DefaultValueFactory = _ => 8 };

    public StudioVerb()
        : base("studio", "Opens the local web app: look at videos with their curves, compare cuts, take files away.")
    {
        Add(_port);
        Add(_address);
        Add(_token);
        Add(_roots);
        Add(_data);
        Add(_models);
        Add(_quota);
        Add(_largest);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        const double Gigabyte = 1e9;
        if (!IPAddress.TryParse(context.GetRequired(_address), out IPAddress? address))
        {
            context.Log($"evoke: --address takes an IP address, for example 0.0.0.0; found '{context.GetRequired(_address)}'.");
            return ExitCode.WrongUse;
        }

        string? token = context.Get(_token) ?? (IPAddress.IsLoopback(address) ? null : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));
        WebApplication app = StudioServer.Build(new StudioOptions
        {
            Address = address,
            Port = context.GetRequired(_port),
            Token = token,
            Roots = context.GetRequired(_roots),
            DataFolder = Path.GetFullPath(context.Get(_data) ?? Path.Combine(EvokeHome.Resolve(), "studio")),
            ModelFolders = context.GetRequired(_models),
            QuotaBytes = (long)(context.GetRequired(_quota) * Gigabyte),
            MaxUploadBytes = (long)(context.GetRequired(_largest) * Gigabyte),
        });
        await using (app.ConfigureAwait(false))
        {
            try
            {
                await app.StartAsync(context.CancellationToken).ConfigureAwait(false);
            }
            catch (IOException busy)
            {
                context.Log($"evoke: cannot listen on {address}, port {context.GetRequired(_port)}: {busy.Message} Give another --port.");
                return ExitCode.WrongUse;
            }

            foreach (Uri url in StudioServer.Addresses(app))
            {
                context.Terminal.Out.WriteLine($"Studio is open at {url}{(token is null ? string.Empty : $"?token={token}")}");
            }

            context.Log("Ctrl-C closes it.");
            try
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
            {
                // The ordinary way to close Studio: what runs is finished another time.
                await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }

        return ExitCode.Done;
    }
}
