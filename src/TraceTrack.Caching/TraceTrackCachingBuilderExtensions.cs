using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using TraceTrack;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Caching;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the cache.</summary>
public static class TraceTrackCachingBuilderExtensions
{
    private const string Inner = "TraceTrack.Caching.Inner";

    /// <summary>
    /// Keeps bags, bills, searches and login sessions in this process's memory, in front of the store. Rules and areas are applied above it,
    /// so nobody sees more than without. One process on a store needs no more; several need <see cref="UseRedis(ITraceTrackBuilder, string)"/> too,
    /// or may answer with rows up to their time to live old. No I/O happens here.
    /// </summary>
    /// <param name="builder">The registration, after UsePostgres or UseInMemory.</param>
    /// <param name="configure">Sets times and memory; checked when the host starts.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">There is no store to decorate yet.</exception>
    public static ITraceTrackBuilder UseCaching(this ITraceTrackBuilder builder, Action<CachingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<CachingOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(StoreCache)))
            return builder;
        Decorate<IBagStore>(services, static (inner, cache) => new CachingBagStore(inner, cache));
        Decorate<IBillStore>(services, static (inner, cache) => new CachingBillStore(inner, cache));
        Decorate<IScanStore>(services, static (inner, cache) => new CachingScanStore(inner, cache));
        Decorate<IUserStore>(services, static (inner, cache) => new CachingUserStore(inner, cache));
        Decorate<ILoginSessionStore>(services, static (inner, cache) => new CachingLoginSessionStore(inner, cache));
        Decorate<IBagImporter>(services, static (inner, cache) => new CachingBagImporter(inner, cache));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CachingOptions>, CachingOptionsValidator>());
        services.AddSingleton<CacheMetrics>();
        services.AddSingleton(StoreCacheFactory.Create);
        services.AddSingleton(provider => new CacheStatistics(provider.GetRequiredService<StoreCache>()));
        services.AddSingleton(provider => new CacheNews(provider.GetRequiredService<StoreCache>()));
        services.AddSingleton<IHostedService, CachingStartup>();
        return builder;
    }

    /// <summary>Adds Redis as the second tier, which all processes on one store share, and through which they tell each other what they wrote.</summary>
    /// <remarks>
    /// Redis is never needed: absent, slow or lost, it is left alone for <see cref="SecondTierOptions.RetryAfter"/> and the store is asked instead.
    /// <c>abortConnect</c> and time-outs of the configuration are replaced by those of <see cref="RedisOptions"/>.
    /// </remarks>
    /// <param name="builder">The registration, after UseCaching.</param>
    /// <param name="configuration">A StackExchange.Redis configuration, such as <c>localhost:6379,password=…</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="OptionsValidationException">The configuration cannot be read; the message names the keyword.</exception>
    /// <exception cref="InvalidOperationException">UseCaching was not called before, or a second tier is there already.</exception>
    public static ITraceTrackBuilder UseRedis(this ITraceTrackBuilder builder, string configuration) =>
        UseRedis(builder, configuration, configure: null);

    /// <inheritdoc cref="UseRedis(ITraceTrackBuilder, string)"/>
    /// <param name="builder">The registration, after UseCaching.</param>
    /// <param name="configuration">A StackExchange.Redis configuration, such as <c>localhost:6379,password=…</c>.</param>
    /// <param name="configure">Sets key prefix and times; checked when the host starts.</param>
    public static ITraceTrackBuilder UseRedis(this ITraceTrackBuilder builder, string configuration, Action<RedisOptions>? configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        return Use(builder, new(null, Parse(configuration)), configure);
    }

    /// <summary>Adds Redis as the second tier, over the application's own connection.</summary>
    /// <remarks>
    /// Consider <c>AbortOnConnectFail = false</c> and <c>BacklogPolicy = FailFast</c> for it, so that operations fail at once while Redis is away;
    /// with others they end after <see cref="SecondTierOptions.OperationTimeout"/> all the same.
    /// </remarks>
    /// <param name="builder">The registration, after UseCaching.</param>
    /// <param name="connection">The application's; it is not disposed here.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">UseCaching was not called before, or a second tier is there already.</exception>
    public static ITraceTrackBuilder UseRedis(this ITraceTrackBuilder builder, IConnectionMultiplexer connection) =>
        UseRedis(builder, connection, configure: null);

    /// <inheritdoc cref="UseRedis(ITraceTrackBuilder, IConnectionMultiplexer)"/>
    /// <param name="builder">The registration, after UseCaching.</param>
    /// <param name="connection">The application's; it is not disposed here.</param>
    /// <param name="configure">Sets key prefix and times; checked when the host starts.</param>
    public static ITraceTrackBuilder UseRedis(this ITraceTrackBuilder builder, IConnectionMultiplexer connection, Action<RedisOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Use(builder, new(connection, null), configure);
    }

    /// <summary>Adds a second tier of the application's own, which all processes on one store share, and through which they tell each other what they wrote.</summary>
    /// <remarks>As with Redis, the tier is never needed: absent, slow or lost, it is left alone for a while and the store is asked instead.</remarks>
    /// <param name="builder">The registration, after UseCaching.</param>
    /// <param name="create">Makes the tier; it is disposed of with the application.</param>
    /// <param name="configure">Sets times; checked when the host starts.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">UseCaching was not called before, or a second tier is there already.</exception>
    public static ITraceTrackBuilder UseSecondTier(
        this ITraceTrackBuilder builder, Func<IServiceProvider, ICacheTier> create, Action<SecondTierOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);
        var services = builder.Services;
        CheckPlace(services);
        var options = services.AddOptions<SecondTierOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SecondTierOptions>, SecondTierOptionsValidator>());
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SecondTierOptions>>().Value);
        services.AddSingleton(create);
        return builder;
    }

    private static ITraceTrackBuilder Use(ITraceTrackBuilder builder, RedisSource source, Action<RedisOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        CheckPlace(services);
        var options = services.AddOptions<RedisOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisOptions>, RedisOptionsValidator>());
        services.AddSingleton(source);
        services.AddSingleton<RedisConnection>();
        services.AddSingleton<RedisTier>();
        services.AddSingleton<ICacheTier>(provider => provider.GetRequiredService<RedisTier>());
        services.AddSingleton<SecondTierOptions>(provider => provider.GetRequiredService<IOptions<RedisOptions>>().Value);
        return builder;
    }

    private static void CheckPlace(IServiceCollection services)
    {
        if (!services.Any(service => service.ServiceType == typeof(StoreCache)))
            throw new InvalidOperationException("UseRedis and UseSecondTier add the second tier of a cache: call UseCaching first.");
        if (services.Any(service => service.ServiceType == typeof(ICacheTier)))
            throw new InvalidOperationException("There is a second tier already: call UseRedis or UseSecondTier once.");
    }

    private static ConfigurationOptions Parse(string configuration)
    {
        try
        {
            return ConfigurationOptions.Parse(configuration);
        }
        catch (ArgumentException error)
        {
            throw new OptionsValidationException(nameof(RedisOptions), typeof(RedisOptions), [$"The configuration given to UseRedis cannot be read. {error.Message}"]);
        }
    }

    /// <summary>Puts a decorator in the place of the last registration of a port, which stays reachable under a key of ours.</summary>
    private static void Decorate<T>(IServiceCollection services, Func<T, StoreCache, T> decorate)
        where T : class
    {
        var place = services.Count - 1;
        while (place >= 0 && (services[place].ServiceType != typeof(T) || services[place].IsKeyedService))
            place--;
        if (place < 0)
            throw new InvalidOperationException($"UseCaching decorates a store, and there is no {typeof(T).Name} yet: call UsePostgres or UseInMemory first.");
        var inner = services[place];
        services.Add(
            inner.ImplementationInstance is { } instance ? ServiceDescriptor.KeyedSingleton(typeof(T), Inner, instance)
            : inner.ImplementationFactory is { } factory ? ServiceDescriptor.DescribeKeyed(typeof(T), Inner, (provider, _) => factory(provider), inner.Lifetime)
            : ServiceDescriptor.DescribeKeyed(typeof(T), Inner, inner.ImplementationType!, inner.Lifetime));
        services[place] = ServiceDescriptor.Singleton(
            provider => decorate(provider.GetRequiredKeyedService<T>(Inner), provider.GetRequiredService<StoreCache>()));
    }
}
