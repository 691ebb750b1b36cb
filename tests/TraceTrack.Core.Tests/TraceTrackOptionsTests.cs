using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TraceTrack;

public class TraceTrackOptionsTests
{
    public static TheoryData<string, Action<TraceTrackOptions>> Bad => new()
    {
        { nameof(TraceTrackOptions.ParentQrPattern), o => o.ParentQrPattern = "(" },
        { nameof(TraceTrackOptions.ParentQrPattern), o => o.ParentQrPattern = "" },
        { nameof(TraceTrackOptions.ParentQrPattern), o => o.ParentQrPattern = null! },
        { nameof(TraceTrackOptions.ParentCapacity), o => o.ParentCapacity = 0 },
        { nameof(TraceTrackOptions.ParentCapacity), o => o.ParentCapacity = 1001 },
        { nameof(TraceTrackOptions.ChildWeightKg), o => o.ChildWeightKg = 0m },
        { nameof(TraceTrackOptions.ChildWeightKg), o => o.ChildWeightKg = 1.0001m },
        { nameof(TraceTrackOptions.ChildWeightKg), o => o.ChildWeightKg = 1000.001m },
        { nameof(TraceTrackOptions.ReplayWindow), o => o.ReplayWindow = TimeSpan.FromMinutes(59) },
        { nameof(TraceTrackOptions.ReplayWindow), o => o.ReplayWindow = TimeSpan.FromDays(3654) },
        { nameof(TraceTrackOptions.LoginSessionLifetime), o => (o.LoginSessionLifetime, o.LoginSessionRenewal) = (TimeSpan.FromSeconds(59), TimeSpan.Zero) },
        { nameof(TraceTrackOptions.LoginSessionLifetime), o => o.LoginSessionLifetime = TimeSpan.FromDays(31) },
        { nameof(TraceTrackOptions.LoginSessionRenewal), o => o.LoginSessionRenewal = TimeSpan.FromMinutes(61) },
        { nameof(TraceTrackOptions.LoginSessionRenewal), o => o.LoginSessionRenewal = TimeSpan.FromTicks(-1) },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_setting_out_of_range_is_named(string setting, Action<TraceTrackOptions> spoil)
    {
        using var provider = new ServiceCollection().AddTraceTrack(spoil).UseInMemory().Services.BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<ITraceTrack>());
        var failure = Assert.Single(error.Failures);
        Assert.Contains(setting, failure, StringComparison.Ordinal);
        Assert.Contains("must be", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bad_setting_is_named_at_once()
    {
        var result = new TraceTrackOptionsValidator().Validate(null, new() { ParentCapacity = -1, ChildWeightKg = -1 });
        Assert.Equal(2, result.Failures!.Count());
    }

    [Fact]
    public void The_limits_themselves_are_allowed()
    {
        var validator = new TraceTrackOptionsValidator();
        Assert.True(validator.Validate(null, new()).Succeeded);
        Assert.True(validator.Validate(null, new()
        {
            ParentCapacity = 1000,
            ChildWeightKg = 0.001m,
            ReplayWindow = TimeSpan.FromHours(1),
            LoginSessionLifetime = TimeSpan.FromMinutes(1),
            LoginSessionRenewal = TimeSpan.FromMinutes(1),
        }).Succeeded);
    }
}
