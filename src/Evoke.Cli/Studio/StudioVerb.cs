using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Files;
using Evoke.Studio;
using Evoke.Studio.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;

namespace Evoke.Cli.Studio;

/// <summary><c>evoke studio</c>.</summary>
internal sealed class StudioVerb : Verb
{
    private const int TokenBytes = 18;

    private readonly Option<int> _port = NumberOptions.Whole("--port", "TCP port to listen on; 0 for a free one.", "N", 5180, 0, 65_535);

    private readonly Option<string> _address = new("--address")
    {
        Description = "Address to listen on. Any address other than loopback requires a token.",
        HelpName = "IP",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "Secret that every request must carry. Default: none on the loopback address; otherwise one is generated and printed.",
        HelpName = "TOKEN",
    };

    private readonly PathOption<string[]> _roots = new("--root", PathRole.InputFolder)
    {
        Description = "A folder whose videos can be added without uploading them. May be repeated.",
        HelpName = "FOLDER",
    };

    private readonly PathOption<string?> _data = new("--data", PathRole.OutputFolder)
    {
        Description = "Folder for the library, uploads and features. Default: the folder 'studio' in Evoke's cache folder.",
        HelpName = "FOLDER",
    };

    private readonly PathOption<string[]> _models = new("--models", PathRole.InputFolder)
    {
        Description = "A folder of model files to offer. May be repeated.",
        HelpName = "FOLDER",
    };

    private readonly Option<double> _quota =
        NumberOptions.Number("--quota", "Maximum size of all uploads and previews together, in GB.", "GB", 64, 0, 1e9);

    private readonly Option<double> _largest = NumberOptions.Number("--max-upload", "Maximum size of one upload, in GB.", "GB", 8, 0, 1e9);

    public StudioVerb()
        : base("studio", "Starts the local web app: view videos with their curves, compare cuts, export files.",
            "evoke studio --root ~/Videos --models models")
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
            context.Fail($"evoke: --address takes an IP address, for example 0.0.0.0; found '{context.GetRequired(_address)}'.");
            return ExitCode.WrongUse;
        }

        string? token = context.Get(_token) ?? (IPAddress.IsLoopback(address) ? null : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));
        WebApplication app = StudioServer.Build(new StudioOptions
        {
            Address = address,
            Port = context.GetRequired(_port),
            Token = token,
            Roots = context.Get(_roots) ?? [],
            DataFolder = Path.GetFullPath(context.Get(_data) ?? Path.Combine(EvokeHome.Resolve(), "studio")),
            ModelFolders = context.Get(_models) ?? [],
            Heads = context.Catalog.ModelHeads,
            QuotaBytes = (long)(context.GetRequired(_quota) * Gigabyte),
            MaxUploadBytes = (long)(context.GetRequired(_largest) * Gigabyte),
        });
        await using (app.ConfigureAwait(false))
        {
            try
            {
                await app.StartAsync(context.CancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (Unheard(error) is { } reason)
            {
                context.Fail($"evoke: cannot listen on {address}, port {context.GetRequired(_port)}: {reason}");
                return ExitCode.WrongUse;
            }

            foreach (Uri url in StudioServer.Addresses(app))
            {
                context.Terminal.Out.WriteLine($"Studio is running at {url}{(token is null ? string.Empty : $"?token={token}")}");
            }

            context.Log("Press Ctrl-C to stop it.");
            try
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
            {
                // The usual way to stop Studio: running jobs continue after the next start.
                await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }

        return ExitCode.Done;
    }

    /// <summary>Why the server cannot listen; null if the error has another reason.</summary>
    private static string? Unheard(Exception error) => error switch
    {
        IOException { InnerException: AddressInUseException } => "another program, perhaps another Studio, uses it. Give another --port.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "this machine does not have the address. Give another --address.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "permission denied. Give a --port from 1024.",
        SocketException other => $"{other.Message}.",
        _ => null,
    };
}
