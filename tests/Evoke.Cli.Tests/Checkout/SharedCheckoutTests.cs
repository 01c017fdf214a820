using System.Runtime.Versioning;
using CliWrap;
using CliWrap.Buffered;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Checkout;

/// <summary>One user builds a checkout, another one runs it: <c>build/prerequisites.sh</c> with a compiler that only leaves a file.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SharedCheckoutTests : IDisposable
{
    private const string Nobody = "65534";
    private const string Run =
        "if is_fresh \"$binary\"; then echo fresh; else echo stale; build_release \"$root/src/App/App.csproj\" \"$binary\"; fi; cat \"$binary\"";

    private readonly TemporaryFolder _folder = new();

    public SharedCheckoutTests()
    {
        Directory.CreateDirectory(_folder.File("src/App/bin"));
        Directory.CreateDirectory(_folder.File("programs"));
        Directory.CreateDirectory(_folder.File("build"));
        Directory.CreateDirectory(_folder.File("recipes"));
        string[] files =
        [
            "src/App/App.csproj", "recipes/a.yaml", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json",
        ];
        foreach (string file in files)
        {
            File.WriteAllText(_folder.File(file), "");
        }

        File.Copy(Path.Combine(Repository.Root, "build", "prerequisites.sh"), _folder.File("build/prerequisites.sh"));
        File.WriteAllText(_folder.File("programs/dotnet"), $"#!/bin/sh\necho built >{_folder.File("src/App/bin/App.dll")}\n");
        File.SetUnixFileMode(_folder.File("programs/dotnet"), (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhatOneUserHasBuiltIsFreshForAnother()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can become another user.");
        File.SetUnixFileMode(_folder.File("recipes/a.yaml"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await RunAsync([], Run)).StandardOutput.ShouldBe("stale\nbuilt\n");

        BufferedCommandResult second = await RunAsync(["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups"], Run);

        second.StandardOutput.ShouldBe("fresh\nbuilt\n", second.StandardError);
    }

    [Fact]
    public async Task AUserWhoCannotBuildIsToldWhoCan()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can become another user.");
        await RunAsync([], Run);
        await File.WriteAllTextAsync(_folder.File("src/App/New.cs"), "", TestContext.Current.CancellationToken);

        BufferedCommandResult second = await RunAsync(["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups"], Run);

        second.ExitCode.ShouldBe(2);
        second.StandardError.ShouldContain("has changed since it was built, or was not built yet, and belongs to root");
        second.StandardError.ShouldContain("clone the repository");
        second.StandardError.ShouldNotContain("Permission denied");
    }

    [Fact]
    public async Task WhoeverMayWriteToTheFolderMayBuild()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can become another user.");
        await RunAsync([], Run);
        await File.WriteAllTextAsync(_folder.File("src/App/New.cs"), "", TestContext.Current.CancellationToken);
        await RunAsync([], "chmod -R a+w src && chmod a-w src/App/obj/build.lock");

        BufferedCommandResult second = await RunAsync(["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups"], Run);

        second.StandardOutput.ShouldBe("stale\nbuilt\n", second.StandardError);
        (await RunAsync([], Run)).StandardOutput.ShouldBe("fresh\nbuilt\n");
    }

    [Fact]
    public async Task TheListAndTheLockAreForEverybody()
    {
        await RunAsync([], Run);

        (File.GetUnixFileMode(_folder.File("src/App/bin/App.dll.sources")) & UnixFileMode.OtherRead).ShouldBe(UnixFileMode.OtherRead);
        (File.GetUnixFileMode(_folder.File("src/App/obj/build.lock")) & UnixFileMode.OtherWrite).ShouldBe(UnixFileMode.OtherWrite);
        (await RunAsync([], Run)).StandardOutput.ShouldBe("fresh\nbuilt\n");
    }

    private Task<BufferedCommandResult> RunAsync(string[] user, string script)
    {
        string whole = $"set -euo pipefail; cd '{_folder.Path}'; umask 022; root='{_folder.Path}'; binary=\"$root/src/App/bin/App.dll\"; source "
            + $"build/prerequisites.sh; {script}";
        string[] words = [.. user, "bash", "-c", whole];
        return CliWrap.Cli.Wrap(words[0]).WithArguments(words[1..])
            .WithEnvironmentVariables(
                new Dictionary<string, string?> { ["PATH"] = _folder.File("programs") + ":" + Environment.GetEnvironmentVariable("PATH") })
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
    }
}
