namespace TraceTrack.Caching;

/// <summary>
/// Values are a stamp (8 bytes for the epoch of each scope), then the envelope, whose second to ninth byte are the row's version. A script runs
/// alone in Redis, so comparing and setting are one step. Epochs are texts of decimal digits below 2^53, which Lua's numbers hold exactly.
/// </summary>
internal static class RedisScripts
{
    /// <summary>How long an epoch lives without a bump; one that is gone voids what was stamped with it.</summary>
    public const int ScopeSeconds = 30 * 24 * 3600;

    /// <summary>Sets a key unless an entry of the same stamp has a higher version.</summary>
    private const string PutIfNewer = """
        local function put(key, stamp, version, ttl, envelope)
          local head = redis.call('GETRANGE', key, 0, #stamp + 8)
          if #head == #stamp + 9 and string.sub(head, 1, #stamp) == stamp
             and struct.unpack('>i8', string.sub(head, #stamp + 2)) > tonumber(version) then
            return
          end
          redis.call('SET', key, stamp .. envelope, 'PX', ttl)
        end

        """;

    /// <summary>KEYS: scopes, then entries. ARGV: number of scopes, the epochs they had, then version, ttl in ms and envelope of each entry.</summary>
    public const string Fill = PutIfNewer + """
        local scopes = tonumber(ARGV[1])
        local stamp = ''
        for i = 1, scopes do
          if redis.call('GET', KEYS[i]) ~= ARGV[1 + i] then return 0 end
          stamp = stamp .. struct.pack('>i8', tonumber(ARGV[1 + i]))
        end
        for i = scopes + 1, #KEYS do
          local at = scopes + 2 + 3 * (i - scopes - 1)
          put(KEYS[i], stamp, ARGV[at], ARGV[at + 1], ARGV[at + 2])
        end
        return 1
        """;

    /// <summary>
    /// KEYS: the scope of the puts, the counter of messages, scopes to bump, entries to put. ARGV: numbers of bumps and of
    /// puts, the expected epoch, a fresh one, an epoch's life in seconds, channel, body, the least epoch of each bump, then version, ttl in ms
    /// and envelope of each put. Answers the epochs of the bumps.
    /// </summary>
    public const string Commit = PutIfNewer + """
        local bumps, puts = tonumber(ARGV[1]), tonumber(ARGV[2])
        local expected = redis.call('GET', KEYS[1]) == ARGV[3]
        local epochs, packed = {}, ''
        for i = 1, bumps do
          local old = tonumber(redis.call('GET', KEYS[2 + i]) or '0') or 0
          local new = math.max(tonumber(ARGV[7 + i]), old + 1)
          epochs[i] = string.format('%.0f', new)
          packed = packed .. struct.pack('>i8', new)
          redis.call('SET', KEYS[2 + i], epochs[i], 'EX', ARGV[5])
        end
        if puts > 0 then
          redis.call('SET', KEYS[1], ARGV[4], 'NX', 'EX', ARGV[5])
          local stamp = struct.pack('>i8', tonumber(redis.call('GET', KEYS[1])))
          for i = 1, puts do
            local key, at = KEYS[2 + bumps + i], 5 + bumps + 3 * i
            if expected then
              put(key, stamp, ARGV[at], ARGV[at + 1], ARGV[at + 2])
            else
              redis.call('DEL', key)
            end
          end
        end
        local number = redis.call('INCR', KEYS[2])
        redis.call('EXPIRE', KEYS[2], ARGV[5])
        redis.call('PUBLISH', ARGV[6], struct.pack('>i8', number) .. struct.pack('>i4', bumps) .. packed .. ARGV[7])
        return epochs
        """;
}
