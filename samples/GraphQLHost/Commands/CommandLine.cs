using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;

namespace GraphQLHost.Commands;

/// <summary>What can be typed behind <c>./run</c>.</summary>
internal static class CommandLine
{
    /// <summary>Long enough to finish requests and to stop a database.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(1);

    public static Task<int> RunAsync(string[] args)
    {
        var parsed = Build().Parse(args);
        // What is wrong, without a page of help above it.
        if (parsed.Action is ParseErrorAction action)
            action.ShowHelp = false;
        return parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LongestStop });
    }

    public static RootCommand Build()
    {
        var data = new Option<string?>("--data")
        {
            Description = "Folder of the private PostgreSQL's data. Left out: one for each clone, outside of it.",
            HelpName = "DIR",
            Recursive = true,
        };
        var bags = new Option<int>("--bags")
        {
            Description = "How many bags an empty store is filled with; all else in proportion, and 0 fills in nothing.",
            HelpName = "N",
            DefaultValueFactory = _ => DemoDefaults.Bags,
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > DemoDefaults.MostBags)
                    result.AddError($"--bags takes a number from 0 to {DemoDefaults.MostBags}, not '{text}'.");
                return count;
            },
        };
        var urls = new Option<string?>("--urls")
        {
            Description = $"Where to listen, such as http://127.0.0.1:8080. Left out: {ListenAddress.Default}, or the next free port.",
            HelpName = "URL",
        };
        urls.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !text.Split(';').All(ListenAddress.IsValid))
                result.AddError($"--urls takes addresses such as http://127.0.0.1:8080, not '{text}'.");
        });

        var root = new RootCommand("""
            TraceTrack by GraphQL: finds or starts PostgreSQL, fills an empty store with a demo warehouse, and serves.
            Environment: TRACETRACK_POSTGRES (a connection string instead of what would be found or started),
            TRACETRACK_ADMIN_PASSWORD (the first admin's password instead of a made one).
            """) { data, bags, urls };
        root.SetAction((parsed, cancellationToken) => Failures.GuardAsync(
            () => new RunCommand(parsed.GetValue(data), parsed.GetValue(bags), parsed.GetValue(urls)).RunAsync(cancellationToken), cancellationToken));
        root.Add(ImportVerb.Build(data));
        root.Add(ExportVerb.Build(data));
        root.Add(GenerateVerb.Build());
        root.Add(Migrate(data));
        root.Add(Verb("optimize", "Builds missing and broken indexes while the store is in use, and shows size and use of each.", data, OptimizeCommand.RunAsync));
        root.Add(Verb("reconcile", "Counts everything, compares it with the totals kept, and mends a difference (there must be none).", data, ReconcileCommand.RunAsync));
        root.Add(Verb("reset-admin", "Gives the user admin a new password: TRACETRACK_ADMIN_PASSWORD's, else one that is made and shown once. Enables it and makes it admin again.", data, ResetAdminCommand.RunAsync));
        return root;
    }

    private static Command Migrate(Option<string?> data)
    {
        var script = new Option<bool>("--script") { Description = "Prints the SQL for a database administrator instead; needs no server." };
        var command = new Command("migrate", "Brings the schema to this version.") { script };
        command.SetAction((parsed, cancellationToken) => Failures.GuardAsync(
            () => parsed.GetValue(script)
                ? MigrateCommand.PrintScriptAsync(cancellationToken)
                : StoreSession.UseAsync(parsed.GetValue(data), MigrateCommand.RunAsync, cancellationToken),
            cancellationToken));
        return command;
    }

    private static Command Verb(string name, string description, Option<string?> data, Func<StoreSession, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, cancellationToken) => Failures.GuardAsync(
            () => StoreSession.UseAsync(parsed.GetValue(data), session => run(session, cancellationToken), cancellationToken), cancellationToken));
        return command;
    }
}
