using TraceTrack.Bags;
using TraceTrack.History;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.History;

public sealed class ImportedStayTests(PostgresServer server)
{
    [Fact]
    public async Task A_child_that_an_import_moved_left_and_entered_by_that_import()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var tracker = store.TraceTrack.As(Actor.System);
        BagRow[] rows = [new("SB1"), new("SB2"), new("C001", "SB1")];
        var first = (await tracker.Imports.ImportAsync(rows.ToAsyncEnumerable(), new(), cancellationToken: TestContext.Current.CancellationToken)).Key;
        // Twice, as imports into a store that holds bags do: the stay in between is a finished one.
        foreach (var (import, to) in new[] { (901, "SB2"), (902, "SB1") })
        {
            await store.ExecuteAsync($"""
                WITH moved AS (
                    INSERT INTO tracetrack.link_interval (child_id, parent_id, linked_at, unlinked_at, import_id)
                    SELECT c.id, c.parent_id, c.linked_at, clock_timestamp(), c.import_id FROM tracetrack.bag c WHERE c.qr = 'C001'
                    RETURNING child_id, unlinked_at
                )
                UPDATE tracetrack.bag c SET parent_id = p.id, linked_at = moved.unlinked_at, import_id = {import}
                FROM moved, tracetrack.bag p WHERE c.id = moved.child_id AND p.qr = '{to}'
                """);
        }

        var history = await tracker.History.OfBagAsync(QrCode.Parse("C001"), PageRequest.First(), TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                (HistoryKind.Entered, "SB1", 902L), (HistoryKind.Left, "SB2", 902), (HistoryKind.Entered, "SB2", 901), (HistoryKind.Left, "SB1", 901),
                (HistoryKind.Entered, "SB1", first), (HistoryKind.Imported, null, first),
            ],
            history.Items.Select(entry => (entry.Kind, entry.OtherBag?.Value, entry.ImportId!.Value)));
    }
}
