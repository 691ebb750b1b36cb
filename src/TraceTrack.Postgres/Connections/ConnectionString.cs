using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>Says what is wrong with a connection string, and never repeats any of its values: one of them is a password.</summary>
internal static class ConnectionString
{
    private const string Form = "It has the form Host=...;Port=5432;Username=...;Password=...;Database=...";

    /// <exception cref="OptionsValidationException">It cannot be used; names the keyword.</exception>
    public static void Check(string connectionString)
    {
        if (Problem(connectionString) is { } problem)
            throw new OptionsValidationException(nameof(PostgresOptions), typeof(PostgresOptions), [$"The connection string given to UsePostgres {problem}. {Form}"]);
    }

    private static string? Problem(string connectionString)
    {
        // Npgsql's own messages, also as inner exceptions, may quote what was given.
        var pairs = new DbConnectionStringBuilder();
        try
        {
            pairs.ConnectionString = connectionString;
        }
        catch (ArgumentException)
        {
            return "does not consist of keyword=value pairs with semicolons between them";
        }

        var known = new NpgsqlConnectionStringBuilder();
        foreach (string keyword in pairs.Keys)
        {
            // Unknown keywords are not named: they may be the rest of a password that holds a semicolon.
            if (!known.ContainsKey(keyword))
                return "has a keyword that Npgsql does not know; a value with a semicolon in it needs quotation marks";
            try
            {
                known[keyword] = pairs[keyword];
            }
            catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
            {
                return $"has a value of {keyword} that Npgsql does not take";
            }
        }

        return string.IsNullOrWhiteSpace(known.Host) ? "names no Host" : null;
    }
}
