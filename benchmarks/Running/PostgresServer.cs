using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HotPath.Benchmarks;

/// <summary>A PostgreSQL of one's own in a temporary folder, reached over a socket on this machine; it goes when it is disposed of.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly string programs;
    private readonly string folder;
    private readonly int port;

    private PostgresServer(string programs)
    {
        this.programs = programs;
        folder = Directory.CreateTempSubdirectory("hotpath-postgres-").FullName;
        port = FreePort();
    }

    /// <summary>What Npgsql connects by.</summary>
    public string Connection => $"Host=127.0.0.1;Port={port};Username=bench;Database=postgres;SSL Mode=Disable;GSS Encryption Mode=Disable";

    /// <summary>Starts the newest server that Debian's packages have installed; null, and why, where there is none or it does not start.</summary>
    public static PostgresServer? Start(out string why)
    {
        const string root = "/usr/lib/postgresql";
        var programs = Directory.Exists(root)
            ? Directory.GetDirectories(root).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb")) && File.Exists(Path.Combine(bin, "pg_ctl"))).MaxBy(bin => int.TryParse(Path.GetFileName(Path.GetDirectoryName(bin)), out var number) ? number : 0)
            : null;
        if (programs is null)
        {
            why = $"no server is installed in {root} (apt-get install postgresql)";
            return null;
        }

        var server = new PostgresServer(programs);
        try
        {
            server.Run();
            why = "";
            return server;
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            why = exception.Message;
            server.Dispose();
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (File.Exists(Path.Combine(Data, "postmaster.pid")))
                Execute("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"PostgreSQL in {folder}: {exception.Message}");
        }
    }

    private string Data => Path.Combine(folder, "data");

    private void Run()
    {
        // The server refuses to run as root: there the folder is given to the user that its package made.
        if (Environment.IsPrivilegedProcess)
            Execute("chown", "postgres", folder);

        Execute("initdb", "-D", Data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Execute("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(folder, "log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''", "start");
    }

    private void Execute(string program, params string[] arguments)
    {
        var isOwn = File.Exists(Path.Combine(programs, program));
        var start = new ProcessStartInfo(isOwn ? Path.Combine(programs, program) : program) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        if (isOwn && Environment.IsPrivilegedProcess)
        {
            start.FileName = "setpriv";
            foreach (var argument in (string[])["--reuid=postgres", "--regid=postgres", "--clear-groups", Path.Combine(programs, program)])
                start.ArgumentList.Add(argument);
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        process.BeginOutputReadLine();

        // The server that pg_ctl starts inherits the pipe and keeps it open: only a failure is read to its end.
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} did not come to an end");
        }

        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed: {process.StandardError.ReadToEnd().Trim().ReplaceLineEndings(" ")}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
