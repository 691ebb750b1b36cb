using TraceTrack.Testing.Access;

namespace TraceTrack.Testing;

/// <summary>Every operation behind the one door, tried by every role on what lies in the own area, in another and in none.</summary>
public abstract class AccessMatrixContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public void Every_operation_stands_in_the_matrix()
    {
        var operations = typeof(ITracker).GetProperties().Where(part => part.PropertyType.IsInterface)
            .SelectMany(part => part.PropertyType.GetMethods().Select(method => $"{part.Name}.{method.Name}")).Distinct();
        Assert.Equal(operations.Order(StringComparer.Ordinal), AccessMatrix.Rows.SelectMany(row => row.Operations).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_role_may_do_what_the_matrix_says_and_no_more()
    {
        var warehouse = await OpenAsync(options => options.AllowIncompleteParents = true);
        // Whoever is disabled or changed below is never the last admin.
        await warehouse.System.Users.CreateAsync(new("first", Users.UserRole.Admin, null, "hash"));
        var wrong = new List<string>();
        var number = 0;
        foreach (var row in AccessMatrix.Rows)
        {
            Assert.Equal(AccessColumn.All.Count, row.Expected.Length);
            foreach (var operation in row.Operations)
            {
                foreach (var (column, expected) in AccessColumn.All.Zip(row.Expected))
                {
                    foreach (var (actor, area) in column.Actors.SelectMany(actor => column.Areas.Select(area => (actor, area))))
                    {
                        var scene = new AccessScene(warehouse, actor, area, ++number);
                        var answer = await row.Probe(scene, operation);
                        if (answer != expected)
                            wrong.Add($"{operation} {row.Case}, {column.Title} ({scene.Actor.Role}, {scene.Actor.Area}) on area {area ?? "none"}: {answer}, not {expected}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
        await AgreedAsync(AccessMatrix.Print());
    }

    /// <summary>Takes the matrix once everything in it was found to be so.</summary>
    protected virtual Task AgreedAsync(string matrix) => Task.CompletedTask;
}
