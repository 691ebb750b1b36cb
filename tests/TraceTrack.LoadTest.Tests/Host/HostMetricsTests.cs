using TraceTrack.LoadTest.Host;

namespace TraceTrack.LoadTest.Tests.Host;

public sealed class HostMetricsTests
{
    private const string Text = """
        # TYPE tracetrack_cache_reads_total counter
        tracetrack_cache_reads_total{otel_scope_name="TraceTrack",tracetrack_cache_kind="bag",tracetrack_cache_tier="memory"} 120 1700000000000
        tracetrack_cache_reads_total{otel_scope_name="TraceTrack",tracetrack_cache_kind="bag",tracetrack_cache_tier="store"} 30 1700000000000
        tracetrack_cache_reads_total{otel_scope_name="TraceTrack",tracetrack_cache_kind="bill",tracetrack_cache_tier="memory"} 7
        db_client_operation_duration_seconds_sum 1.5E-05
        """;

    private readonly HostMetrics _metrics = HostMetrics.Parse(Text);

    [Fact]
    public void Values_of_a_name_are_added_up() => Assert.Equal(157, _metrics.Sum("tracetrack_cache_reads_total"));

    [Fact]
    public void Labels_choose_among_them()
    {
        Assert.Equal(150, _metrics.Sum("tracetrack_cache_reads_total", "kind=\"bag\""));
        Assert.Equal(30, _metrics.Sum("tracetrack_cache_reads_total", "kind=\"bag\"", "tier=\"store\""));
    }

    [Fact]
    public void A_value_may_have_an_exponent_and_no_labels() => Assert.Equal(1.5e-5, _metrics.Sum("db_client_operation_duration_seconds_sum"), 1e-9);
}
