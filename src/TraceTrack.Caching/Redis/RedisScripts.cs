namespace TraceTrack.Caching;

/// <summary>
/// Values are a stamp (8 bytes of each scope's token), then the envelope, whose second to ninth byte are the row's version. A script runs
/// alone in Redis, so comparing and setting are one step.
/// </summary>
internal static class RedisScripts
{
    /// <summary>How long a scope's token lives without a bump; one that is gone voids what was stamped with it.</summary>
    public const int ScopeSeconds = 30 * 24 * 3600;

    /// <summary>Sets KEYS[i] unless an entry of the same stamp has a higher version.</summary>
    private const string PutIfNewer = """
        local function put(key, stamp, version, ttl, envelope)
          local head = redis.call('GETRANGE', key, 0, #stamp + 8)
          if #head == #stamp + 9 and string.sub(head, 1, #stamp) == stamp
             and struct.unpack('>i8', string.sub(head, #stamp + 2)) > tonumber(version) then
            return 0
          end
          redis.call('SET', key, stamp .. envelope, 'PX', ttl)
          return 1
        end

        """;

    /// <summary>KEYS: scopes, then entries. ARGV: number of scopes, the stamp they had, then version, ttl in ms and envelope of each entry. Answers how many were kept.</summary>
    public const string Fill = PutIfNewer + """
        local scopes = tonumber(ARGV[1])
        local stamp = ''
        for i = 1, scopes do
          local token = redis.call('GET', KEYS[i])
          if not token then return 0 end
          stamp = stamp .. token
        end
        if stamp ~= ARGV[2] then return 0 end
        local kept = 0
        for i = scopes + 1, #KEYS do
          local at = 3 * (i - scopes)
          kept = kept + put(KEYS[i], stamp, ARGV[at], ARGV[at + 1], ARGV[at + 2])
        end
        return kept
        """;

    /// <summary>
    /// KEYS: the scope of all, scopes to bump, entries to put, entries to delete. ARGV: numbers of bumps and of puts, a fresh token, its
    /// life in seconds, channel, message, then version, ttl in ms and envelope of each put. Entries to put have the scope of all only.
    /// </summary>
    public const string Commit = PutIfNewer + """
        local bumps, puts = tonumber(ARGV[1]), tonumber(ARGV[2])
        for i = 2, bumps + 1 do redis.call('SET', KEYS[i], ARGV[3], 'EX', ARGV[4]) end
        local stamp = redis.call('GET', KEYS[1])
        if not stamp then
          stamp = ARGV[3]
          redis.call('SET', KEYS[1], stamp, 'EX', ARGV[4])
        end
        for i = 1, puts do
          local at = 4 + 3 * i
          put(KEYS[1 + bumps + i], stamp, ARGV[at], ARGV[at + 1], ARGV[at + 2])
        end
        for i = 2 + bumps + puts, #KEYS do redis.call('DEL', KEYS[i]) end
        redis.call('PUBLISH', ARGV[5], ARGV[6])
        return 1
        """;
}
