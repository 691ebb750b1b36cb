using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using TraceTrack.Postgres;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.LoadTest.Host;

/// <summary>Log-ins: the same verification of a password, which is nearly all that one costs, and the same statements. Nothing asks for the token afterwards.</summary>
internal sealed class FloorLogIn(NpgsqlDataSource source)
{
    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> _hasher = new();

    public async Task LogInAsync(string name, string password, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var (id, area, hash) = await FindAsync(connection, name, cancellation);
        if (_hasher.VerifyHashedPassword(Nobody, hash, password) == PasswordVerificationResult.Failed)
            throw new InvalidOperationException("The password is wrong.");
        var token = RandomNumberGenerator.GetBytes(32);
        await using var batch = new NpgsqlBatch(connection);
        var now = TimeProvider.System.GetUtcNow();
        batch.Add(
                UserSql.StartSession,
                Parameter(SHA256.HashData(token)), Parameter(id), Parameter(now), Parameter(now.AddHours(1)), Parameter(hash))
            .Add(UserSql.PruneSessions, Parameter(id), Parameter(now));
        await batch.ExecuteNonQueryAsync(cancellation);
        json.WriteStartObject("login"u8);
        json.WriteString("token"u8, Convert.ToHexStringLower(token));
        json.WriteString("expiresAt"u8, now.AddHours(1));
        json.WriteStartObject("user"u8);
        json.WriteString("userName"u8, name);
        json.WriteString("area"u8, area);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static async Task<(string Id, string? Area, string Hash)> FindAsync(NpgsqlConnection connection, string name, CancellationToken cancellation)
    {
        await using var command = connection.Command(UserSql.FindCredentials, Parameter(name));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.GetString(0), row.NullableString(3), row.GetString(6));
    }
}
