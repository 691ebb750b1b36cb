using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TraceTrack;

public class TraceTrackOptionsTests
{
    public static TheoryData<Action<TraceTrackOptions>, string> Bad => new()
    {
        { o => o.ParentQrPattern = "(", "ParentQrPattern is '('; it must be a valid regular expression" },
        { o => o.ParentQrPattern = "", "ParentQrPattern is ''; it must be a valid regular expression" },
        { o => o.ParentQrPattern = null!, "ParentQrPattern is ''; it must be a valid regular expression" },
        { o => o.ParentCapacity = 0, "ParentCapacity is 0; it must be 1 to 1,000" },
        { o => o.ParentCapacity = 1001, "ParentCapacity is 1001; it must be 1 to 1,000" },
        { o => o.ChildWeightKg = 0m, "ChildWeightKg is 0; it must be 0.001 to 1,000 kg with at most three places" },
        { o => o.ChildWeightKg = 1.0001m, "ChildWeightKg is 1.0001; it must be 0.001 to 1,000 kg with at most three places" },
        { o => o.ChildWeightKg = 1000.001m, "ChildWeightKg is 1000.001; it must be 0.001 to 1,000 kg with at most three places" },
        { o => (o.ReplayWindow, o.UndoWindow) = (TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(30)), "ReplayWindow is 00:59:00; it must be 1 hour to 10 years" },
        { o => o.UndoWindow = TimeSpan.FromSeconds(59), "UndoWindow is 00:00:59; it must be 1 minute to 24 hours, and no more than ReplayWindow (90.00:00:00)" },
        { o => o.UndoWindow = TimeSpan.FromHours(25), "UndoWindow is 1.01:00:00; it must be 1 minute to 24 hours, and no more than ReplayWindow (90.00:00:00)" },
        { o => (o.ReplayWindow, o.UndoWindow) = (TimeSpan.FromHours(2), TimeSpan.FromHours(3)), "UndoWindow is 03:00:00; it must be 1 minute to 24 hours, and no more than ReplayWindow (02:00:00)" },
        { o => o.ReplayWindow = TimeSpan.FromDays(3654), "ReplayWindow is 3654.00:00:00; it must be 1 hour to 10 years" },
        {
            o => (o.LoginSessionLifetime, o.LoginSessionRenewal) = (TimeSpan.FromSeconds(59), TimeSpan.Zero),
            "LoginSessionLifetime is 00:00:59; it must be 1 minute to 30 days"
        },
        { o => o.LoginSessionLifetime = TimeSpan.FromDays(31), "LoginSessionLifetime is 31.00:00:00; it must be 1 minute to 30 days" },
        { o => o.LoginSessionRenewal = TimeSpan.FromMinutes(61), "LoginSessionRenewal is 01:01:00; it must be zero up to LoginSessionLifetime (01:00:00)" },
        { o => o.LoginSessionRenewal = TimeSpan.FromTicks(-1), "LoginSessionRenewal is -00:00:00.0000001; it must be zero up to LoginSessionLifetime (01:00:00)" },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_setting_out_of_range_is_named_with_its_value_its_range_and_its_place(Action<TraceTrackOptions> spoil, string message)
    {
        using var provider = new ServiceCollection().AddTraceTrack(spoil).UseInMemory().Services.BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<ITraceTrack>());
        var setting = message[..message.IndexOf(' ', StringComparison.Ordinal)];
        Assert.Equal($"TraceTrackOptions.{message} (configuration: TraceTrack:{setting}).", Assert.Single(error.Failures));
    }

    [Fact]
    public void Settings_are_checked_when_the_host_starts_and_not_at_the_first_use()
    {
        using var provider = new ServiceCollection().AddTraceTrack(o => o.ParentCapacity = 0).UseInMemory().Services.BuildServiceProvider();
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
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
