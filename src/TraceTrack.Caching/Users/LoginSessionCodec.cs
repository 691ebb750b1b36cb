using TraceTrack.Users;

namespace TraceTrack.Caching;

/// <summary>Sessions have no version of their own: they change by renewal only, and end for good.</summary>
internal sealed class LoginSessionCodec : CacheCodec<LoginSession>
{
    public const char Letter = 's';

    /// <summary>The version of a session that was ended: nothing is ever newer, and its key never comes again.</summary>
    public const long Ended = long.MaxValue;

    public override char Kind => Letter;

    public override byte Form => 1;

    public override long VersionOf(LoginSession value) => value.RenewedAt.UtcTicks;

    public override int SizeOf(string key, LoginSession? value) =>
        320 + (2 * key.Length) + (value is null ? 0 : 320 + (2 * (value.User.Id.Length + value.User.Name.Length + (value.User.Area?.Length ?? 0))));

    public override void Write(PayloadWriter payload, LoginSession value)
    {
        payload.Text(value.Key);
        payload.Time(value.RenewedAt);
        payload.Time(value.ExpiresAt);
        payload.Text(value.User.Id);
        payload.Text(value.User.Name);
        payload.Byte((byte)value.User.Role);
        payload.Text(value.User.Area);
        payload.Byte(value.User.IsDisabled ? (byte)1 : (byte)0);
        payload.Time(value.User.CreatedAt);
    }

    public override LoginSession Read(ref PayloadReader payload)
    {
        var (key, renewedAt, expiresAt) = (payload.Text(), payload.Time(), payload.Time());
        var user = new User
        {
            Id = payload.Text(),
            Name = payload.Text(),
            Role = (UserRole)payload.Byte(),
            Area = payload.NullableText(),
            IsDisabled = payload.Byte() != 0,
            CreatedAt = payload.Time(),
        };
        return new(key, user, renewedAt, expiresAt);
    }
}
