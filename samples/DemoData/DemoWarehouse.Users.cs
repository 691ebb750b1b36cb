using System.Globalization;
using TraceTrack.Users;

namespace TraceTrack.DemoData;

/// <summary>Somebody who works in the warehouse.</summary>
/// <param name="Name">biller0001 … or dispatcher0001 …</param>
/// <param name="Role">Biller or Dispatcher.</param>
/// <param name="Area">A dispatcher's; null for a biller.</param>
public sealed record DemoUser(string Name, UserRole Role, string? Area);

public sealed partial class DemoWarehouse
{
    /// <summary>Billers, one user in ten, then dispatchers, the areas in turn. An admin is not among them: that is the host's to make.</summary>
    public IReadOnlyList<DemoUser> Users { get; }

    public int Billers => Math.Max(1, Users.Count / 10);

    public int Dispatchers => Users.Count - Billers;

    private static DemoUser[] PlanUsers(int count)
    {
        var billers = Math.Max(1, count / 10);
        return
        [
            .. Enumerable.Range(0, billers).Select(i => new DemoUser(Numbered("biller", i), UserRole.Biller, null)),
            .. Enumerable.Range(0, count - billers).Select(i => new DemoUser(Numbered("dispatcher", i), UserRole.Dispatcher, Area(i))),
        ];

        static string Numbered(string role, int index) => string.Create(CultureInfo.InvariantCulture, $"{role}{index + 1:D4}");
    }

    /// <summary>The users' place of a dispatcher of an area; whoever's turn it is.</summary>
    internal int DispatcherOf(int area, int turn)
    {
        var inArea = ((Dispatchers - area - 1) / Areas) + 1;
        return Billers + area + (Areas * (turn % inArea));
    }
}
