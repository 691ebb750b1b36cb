using Npgsql;

namespace TraceTrack.LocalServices;

/// <summary>Asks a private server whether it answers, and makes the database that applications use.</summary>
internal static class PostgresProbe
{
    /// <summary>The one that applications use. It is the last thing a first start makes, so where it answers, all is there.</summary>
    public const string Database = "tracetrack";

    /// <summary>The one that initdb makes.</summary>
    public const string FirstDatabase = "postgres";

    public static string ConnectionString(int port, string password, string database = Database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = DataFolder.SuperUser,
            Password = password,
            Database = database,
        }.ConnectionString;

    /// <returns>False when nobody answers, or the server is still starting or already stopping. Only ours takes the password.</returns>
    public static async Task<bool> AnswersAsync(int port, string password, string database, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(ConnectionString(port, password, database), cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public static async Task EnsureDatabaseAsync(int port, string password, CancellationToken cancellationToken)
    {
        try
        {
            await using var there = await OpenAsync(ConnectionString(port, password), cancellationToken);
            return;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.InvalidCatalogName)
        {
            // The first start, or one that was interrupted before this line.
        }

        await using var connection = await OpenAsync(ConnectionString(port, password, FirstDatabase), cancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {Database}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 };
        var connection = new NpgsqlConnection(unpooled.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
