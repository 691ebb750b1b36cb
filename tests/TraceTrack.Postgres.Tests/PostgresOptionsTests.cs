using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TraceTrack.Postgres.Tests;

public sealed class PostgresOptionsTests
{
    public static TheoryData<Action<PostgresOptions>, string> Bad => new()
    {
        { o => o.SchemaName = "Tracetrack", "SchemaName is 'Tracetrack'; it must be 1–63 characters a–z 0–9 _, not beginning with a digit" },
        { o => o.SchemaName = "a b", "SchemaName is 'a b'; it must be 1–63 characters a–z 0–9 _, not beginning with a digit" },
        { o => o.SchemaName = "1st", "SchemaName is '1st'; it must be 1–63 characters a–z 0–9 _, not beginning with a digit" },
        { o => o.SchemaName = "", "SchemaName is ''; it must be 1–63 characters a–z 0–9 _, not beginning with a digit" },
        { o => (o.MinPoolSize, o.MaxPoolSize) = (0, 0), "MaxPoolSize is 0; it must be 1 to 10,000" },
        { o => o.MaxPoolSize = 10_001, "MaxPoolSize is 10001; it must be 1 to 10,000" },
        { o => o.MinPoolSize = 31, "MinPoolSize is 31; it must be 0 up to MaxPoolSize (30)" },
        { o => o.MinPoolSize = -1, "MinPoolSize is -1; it must be 0 up to MaxPoolSize (30)" },
        { o => o.ScanLog.Interval = TimeSpan.FromSeconds(59), "ScanLog.Interval is 00:00:59; it must be 1 minute (00:01:00) to 1 day (1.00:00:00)" },
        { o => o.ScanLog.MonthsAhead = 0, "ScanLog.MonthsAhead is 0; it must be 1 to 24" },
        { o => o.ScanLog.RetentionMonths = 2, "ScanLog.RetentionMonths is 2; it must be 3 to 1,200, or absent to keep everything" },
        { o => o.MaxRetries = 11, "MaxRetries is 11; it must be 0 to 10" },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_setting_out_of_range_is_named_with_its_value_its_range_and_its_place_when_the_host_starts(Action<PostgresOptions> spoil, string message)
    {
        using var provider = new ServiceCollection().AddTraceTrack().UsePostgres("Host=none", spoil).Services.BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        var setting = message[..message.IndexOf(' ', StringComparison.Ordinal)];
        Assert.Equal($"PostgresOptions.{message} (configuration: TraceTrack:Postgres:{setting.Replace('.', ':')}).", Assert.Single(error.Failures));
    }

    [Theory]
    [InlineData("Host=db;Port=54x32;Password=s3cret", "has a value of port that Npgsql does not take")]
    [InlineData("Host=db;Password=pass;s3cret=1", "has a keyword that Npgsql does not know")]
    [InlineData("Host=db;Password=pass;s3cret", "does not consist of keyword=value pairs")]
    [InlineData("s3cret", "does not consist of keyword=value pairs")]
    [InlineData("Username=app;Password=s3cret", "names no Host")]
    [InlineData("Host=db;SSL Mode=s3cret", "has a value of ssl mode that Npgsql does not take")]
    [InlineData("Host=db;Maximum Pool Size=-s3cret", "has a value of maximum pool size that Npgsql does not take")]
    public void A_wrong_connection_string_is_explained_at_registration_without_any_of_its_values(string connectionString, string problem)
    {
        var error = Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddTraceTrack().UsePostgres(connectionString));
        Assert.StartsWith($"The connection string given to UsePostgres {problem}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Port=5432;Username=app;Password='a;b=c';Database=x;Maximum Pool Size=7;SSL Mode=Require")]
    [InlineData("Server=db;User ID=app;Pwd=x;DB=y;Pooling=false")]
    public void A_connection_string_that_Npgsql_takes_is_taken(string connectionString) =>
        Assert.NotNull(new ServiceCollection().AddTraceTrack().UsePostgres(connectionString));
}
