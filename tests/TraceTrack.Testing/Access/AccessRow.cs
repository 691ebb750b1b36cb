using TraceTrack.Users;

namespace TraceTrack.Testing.Access;

/// <summary>
/// One line of the access matrix: what an operation answers to whom, in the matrix's words. Columns in the order of <see cref="AccessColumn"/>; a
/// dispatcher's first three are the areas of what is asked for.
/// </summary>
/// <param name="Operations">As <c>Bags.FindAsync</c>; several that are one rule.</param>
/// <param name="Case">What of it; empty for all.</param>
/// <param name="Expected">Seven words, written by hand from docs/domain.md.</param>
/// <param name="Probe">Tries the operation, by its name, and answers in the same words.</param>
public sealed record AccessRow(string[] Operations, string Case, string[] Expected, Func<AccessScene, string, Task<string>> Probe)
{
    public override string ToString() => $"{string.Join(", ", Operations)} {Case}".TrimEnd();
}

/// <summary>A column of the matrix: who asks, and for what.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Actors">Who asks; all of them are answered alike.</param>
/// <param name="Areas">The areas of what they ask for, one after the other.</param>
public sealed record AccessColumn(string Title, Func<string, Actor>[] Actors, string?[] Areas)
{
    private static readonly string?[] Any = ["NORTH", "SOUTH", null];

    public static IReadOnlyList<AccessColumn> All { get; } =
    [
        new("the application", [_ => Actor.System], Any),
        new("admin", [Of(UserRole.Admin, null), Of(UserRole.Admin, "NORTH")], Any),
        new("biller", [Of(UserRole.Biller, null), Of(UserRole.Biller, "NORTH")], Any),
        new("dispatcher: own area", [Of(UserRole.Dispatcher, "NORTH")], ["NORTH"]),
        new("another area", [Of(UserRole.Dispatcher, "NORTH")], ["SOUTH"]),
        new("no area", [Of(UserRole.Dispatcher, "NORTH")], [null]),
        new("dispatcher without area", [Of(UserRole.Dispatcher, null)], Any),
    ];

    private static Func<string, Actor> Of(UserRole role, string? area) => id => new(id, role, area);
}
