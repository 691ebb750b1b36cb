using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GraphQLHost.Server;

internal static class ServerExtensions
{
    /// <summary>Sets the server up, and what stands between it and the endpoints.</summary>
    public static void AddServer(this WebApplicationBuilder builder, ServerSettings settings)
    {
        settings.Check();
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel, settings));
        builder.WebHost.UseSockets(sockets => sockets.Backlog = settings.Backlog);
        // For the drain, and then for the server to close what is left.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainDelay + settings.DrainTimeout + TimeSpan.FromSeconds(5));
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<Drain>().AddHostedService(services => services.GetRequiredService<Drain>());
        builder.Services.AddHsts(hsts => hsts.MaxAge = settings.HstsMaxAge);
        AnswerCompression.AddTo(builder.Services);
        if (settings.CorsOrigins.Count > 0)
            AddCors(builder.Services, settings);
    }

    /// <summary>Before everything else.</summary>
    public static void UseServer(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<ServerSettings>();
        app.UseMiddleware<Envelope>();
        if (settings.HstsMaxAge > TimeSpan.Zero && !app.Environment.IsDevelopment())
            app.UseHsts();
        app.Use(next => http => app.Services.GetRequiredService<Drain>().InvokeAsync(http, next));
        app.UseResponseCompression();
        app.UseWebSockets();
        if (settings.CorsOrigins.Count > 0)
            app.UseCors();
    }

    private static void Limit(KestrelServerOptions kestrel, ServerSettings settings)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = settings.MaxConnections;
        limits.MaxRequestBodySize = settings.MaxBodyBytes;
        limits.MaxRequestLineSize = settings.MaxRequestLineBytes;
        limits.MaxRequestHeadersTotalSize = settings.MaxHeaderBytes;
        limits.MaxRequestHeaderCount = settings.MaxHeaders;
        limits.RequestHeadersTimeout = settings.HeadersTimeout;
        limits.KeepAliveTimeout = settings.KeepAliveTimeout;
        // Kestrel wants room for at least one request line in it.
        limits.MaxRequestBufferSize = Math.Max(limits.MaxRequestBufferSize ?? 0, settings.MaxRequestLineBytes);
    }

    // Without credentials: tokens travel in a header that the page sets itself.
    private static void AddCors(IServiceCollection services, ServerSettings settings) => services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
        .WithOrigins([.. settings.CorsOrigins])
        .WithMethods(HttpMethods.Get, HttpMethods.Post)
        .WithHeaders("Authorization", "Content-Type", "Accept", "traceparent", "tracestate")
        .WithExposedHeaders(RequestIds.Header, "Retry-After")
        .SetPreflightMaxAge(TimeSpan.FromHours(1))));
}
