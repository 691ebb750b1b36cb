using Npgsql;

namespace TraceTrack.LocalServices.Tests;

internal static class Sql
{
    public static async Task<T> AskAsync<T>(this LocalPostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public static async Task<bool> AnswersAsync(this LocalPostgres postgres)
    {
        try
        {
            return await postgres.AskAsync<int>("SELECT 1") == 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public static Task RememberAsync(this LocalPostgres postgres) =>
        postgres.AskAsync<int>("CREATE TABLE kept (value int); INSERT INTO kept VALUES (42) RETURNING value");

    public static Task<int> RecallAsync(this LocalPostgres postgres) => postgres.AskAsync<int>("SELECT value FROM kept");
}
