using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceTrack.Caching;
using TraceTrack.Postgres;

namespace TraceTrack.Architecture.Tests;

public sealed class ObservabilityTests
{
    private static readonly Assembly[] Logging =
        [Repository.Core, Repository.Postgres, Assembly.Load("TraceTrack.Caching"), Repository.Host, Assembly.Load("TraceTrack.LocalServices")];

    [Fact]
    public void Every_log_event_has_a_number_of_its_own_and_stands_in_the_docs_with_its_level()
    {
        var events = Logging.SelectMany(Messages).Select(message => (message.EventId, message.Level)).Order().ToArray();
        Assert.True(events.Length > 10);
        Assert.Equal(events.Length, events.Select(one => one.EventId).Distinct().Count());
        var documented = Rows("| id |").Select(row => (int.Parse(row[0], CultureInfo.InvariantCulture), Enum.Parse<LogLevel>(row[1]))).Order();
        Assert.Equal(events, documented);
    }

    [Fact]
    public void Every_log_event_is_in_the_one_Log_class_of_its_package()
    {
        var elsewhere = Logging.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name != "Log" && Declared(type).Any(method => method.IsDefined(typeof(LoggerMessageAttribute))));
        Assert.Empty(elsewhere);
        Assert.All(Logging, assembly => Assert.True(assembly.GetTypes().Count(type => type.Name == "Log") <= 1));
    }

    [Fact]
    public async Task Every_instrument_stands_in_the_docs_with_its_kind_and_unit()
    {
        var instruments = await InstrumentsAsync();
        var documented = Rows("| instrument |").Select(row => $"{row[0]} {row[1]} {row[2]}").Order(StringComparer.Ordinal);
        Assert.Equal(instruments, documented);
        Assert.All(instruments, instrument => Assert.Matches(@"^tracetrack(\.[a-z_]+)+ (counter|histogram|gauge) (s|By|\{[a-z]+\})$", instrument));
    }

    [Fact]
    public void The_host_s_instruments_stand_in_the_docs_too()
    {
        using var meters = new Meters();
        var host = Activator.CreateInstance(Repository.Host.GetType("GraphQLHost.Observability.HostTelemetry", throwOnError: true)!, meters);
        Activator.CreateInstance(Repository.Host.GetType("GraphQLHost.Observability.LiveTelemetry", throwOnError: true)!, meters, host, null);
        var documented = Rows("| the host's instrument |").Select(row => $"{row[0]} {row[1]} {row[2]}").Order(StringComparer.Ordinal);
        Assert.Equal(meters.Instruments.Order(StringComparer.Ordinal), documented);
    }

    [Fact]
    public async Task Every_name_of_an_instrument_is_a_public_constant()
    {
        var constants = new[] { typeof(TraceTrackDiagnostics), typeof(PostgresDiagnostics), typeof(CachingDiagnostics) }
            .SelectMany(type => type.GetFields()).Select(field => (string)field.GetRawConstantValue()!).ToHashSet(StringComparer.Ordinal);
        Assert.All(await InstrumentsAsync(), instrument => Assert.Contains(instrument.Split(' ')[0], constants));
    }

    /// <summary>What a whole registration measures. Nothing is opened.</summary>
    private static async Task<string[]> InstrumentsAsync()
    {
        using var meters = new Meters();
        await using var services = new ServiceCollection().AddSingleton<IMeterFactory>(meters)
            .AddTraceTrack().UsePostgres("Host=none").UseCaching().Services.BuildServiceProvider();
        services.GetRequiredService<ITraceTrack>();
        return [.. meters.Instruments.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<LoggerMessageAttribute> Messages(Assembly assembly) =>
        assembly.GetTypes().SelectMany(Declared).Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>();

    private static MethodInfo[] Declared(Type type) =>
        type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);

    /// <summary>The cells of the table that begins with this header, without back ticks.</summary>
    private static IEnumerable<string[]> Rows(string header) => File.ReadLines(Path.Combine(Repository.Root, "docs", "observability.md"))
        .SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..].Select(cell => cell.Trim('`')).ToArray());

    private sealed class Meters : IMeterFactory
    {
        private readonly MeterListener _listener = new();

        public Meters()
        {
            _listener.InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, this))
                    Instruments.Add($"{instrument.Name} {Kind(instrument)} {instrument.Unit}");
            };
            _listener.Start();
        }

        public List<string> Instruments { get; } = [];

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            return new(options);
        }

        public void Dispose() => _listener.Dispose();

        private static string Kind(Instrument instrument) => instrument.GetType().Name switch
        {
            var name when name.Contains("Gauge", StringComparison.Ordinal) => "gauge",
            var name when name.Contains("Histogram", StringComparison.Ordinal) => "histogram",
            _ => "counter",
        };
    }
}
