using System.Text;
using Npgsql;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres.Tests.Schema;

/// <summary>Each list query uses the index that exists for it, by the planner's own choice, on a store large enough to matter.</summary>
public sealed class PlanTests(PostgresServer server)
{
    internal const string Fill = """
        INSERT INTO tracetrack.bag (id, parent_id, version, created_at, changed_at, child_count, kind, status, qr, area)
        SELECT n, CASE WHEN n % 31 > 0 AND n < 31000 THEN (n / 31) * 31 END, n, now(), now(), CASE WHEN n % 31 = 0 THEN 30 ELSE 0 END,
            CASE WHEN n % 31 = 0 THEN 1 ELSE 2 END, CASE WHEN n % 31 = 0 THEN CASE WHEN n < 15000 THEN 3 ELSE 2 END WHEN n < 31000 THEN 1 ELSE 0 END,
            CASE WHEN n % 31 = 0 THEN 'SB' ELSE 'CB' END || lpad(n::text, 8, '0'), 'A' || n % 8
        FROM generate_series(0, 40000) n;
        INSERT INTO tracetrack.bill (id, version, created_at, changed_at, capacity, parent_count, status, number, created_by)
        SELECT n, n, now() - n * interval '1 minute', now(), 50, 0, n % 3, 'B' || n, 'u' || n % 50 FROM generate_series(1, 5000) n;
        INSERT INTO tracetrack.bill_bag (bag_id, bill_id, loaded_at) SELECT n * 31, 1 + n, now() FROM generate_series(0, 1289) n;
        INSERT INTO tracetrack.scan (id, recorded_at, scanned_at, scan_id, action, outcome, qr, actor_id, area)
        SELECT n, now() - n * interval '1 second', now(), gen_random_uuid(), 1, 1, 'CB' || lpad((n % 40000)::text, 8, '0'), 'u' || n % 50,
            CASE WHEN n % 1000 = 0 THEN 'QUIET' ELSE 'A1' END
        FROM generate_series(1, 40000) n;
        INSERT INTO tracetrack.scan_receipt (scan_id, payload_hash, recorded_at, event_id, outcome, actor_id)
        SELECT scan_id, scan_id, recorded_at, id, outcome, actor_id FROM tracetrack.scan;
        INSERT INTO tracetrack.app_user (name, name_key, role, password_hash) SELECT 'n' || n, 'n' || n, 1 + n % 3, 'x' FROM generate_series(1, 3000) n;
        INSERT INTO tracetrack.login_session (token_hash, user_id, renewed_at, expires_at)
        SELECT sha256(id::bytea), id, now(), now() FROM tracetrack.app_user;
        INSERT INTO tracetrack.import (id, import_key, kind, finished_at, report)
        SELECT n, gen_random_uuid(), 1, now(), '{}' FROM generate_series(1, 2000) n;
        INSERT INTO tracetrack.import_result (import_id, ordinal, rejection, qr) SELECT n % 20, n, 1, 'x!' FROM generate_series(1, 20000) n;
        """;

    [Fact]
    public async Task Each_query_uses_its_index()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync(Fill);
        foreach (var table in new[] { "bag", "bill", "bill_bag", "scan", "scan_receipt", "app_user", "login_session", "import", "import_result" })
            await store.ExecuteAsync($"ANALYZE tracetrack.{table}");
        (string Index, string Sql, NpgsqlParameter[] Parameters)[] expected =
        [
            ("bag_qr_key", BagSql.Find, [Parameter("CB00000010")]),
            ("bill_bag_pkey", BagSql.Find, [Parameter("SB00000031")]),
            ("bag_qr_key", BagSql.FindMany, [Parameter(new[] { "CB00000010", "CB00000011" })]),
            ("bag_qr_key", BagSql.SearchPrefix, [Parameter("CB000001"), Parameter("CB000001\u007f"), Parameter(20L), Parameter<string?>(null)]),
            // A text of one bag: of several, one may be in the planner's sample by chance; then it thinks them many, and walks the codes instead.
            ("bag_qr_trgm_idx", BagSql.SearchInside, [Parameter("12345"), Parameter("12345\u007f"), Parameter(20L), Parameter<string?>(null), Parameter("%12345%")]),
            ("bag_parent_idx", BagSql.ChildrenOf, [Parameter(new[] { "SB00000031", "SB00000062" })]),
            ("bill_bag_bill_idx", BagSql.OnBills, [Parameter(new[] { "B2", "B3" })]),
            ("bag_qr_key", BagSql.List(BagListParts.From), [Parameter("CB00001000"), Parameter(51L)]),
            ("bag_qr_key", BagSql.List(BagListParts.Backward), [Parameter(51L)]),
            ("bag_kind_parent_idx", BagSql.List(BagListParts.Parents | BagListParts.From), [Parameter("SB00001000"), Parameter(51L)]),
            ("bag_kind_child_idx", BagSql.List(BagListParts.Children | BagListParts.Backward), [Parameter(51L)]),
            ("bag_status_linked_idx", BagSql.List(BagListParts.LinkedStatus), [Parameter(51L)]),
            ("bag_status_other_idx", BagSql.List(BagListParts.OwnStatus), [Parameter((short)2), Parameter(51L)]),
            // Of few, as after an import, all are found by the parents on their way; of many, 51 are met soon among the codes.
            ("bag_status_other_idx", BagSql.List(BagListParts.Dispatched), [Parameter(51L)]),
            ("bag_parent_idx", BagSql.List(BagListParts.Dispatched | BagListParts.From), [Parameter("CB00001000"), Parameter(51L)]),
            ("bag_parent_idx", BagSql.List(BagListParts.Dispatched | BagListParts.Children | BagListParts.Backward), [Parameter(51L)]),
            ("bag_status_other_idx", BagSql.List(BagListParts.Billed), [Parameter(51L)]),
            ("bill_bag_bill_idx", BagSql.List(BagListParts.Bill), [Parameter("B2"), Parameter(51L)]),
            ("bag_area_idx", BagSql.List(BagListParts.Area | BagListParts.From), [Parameter("A3"), Parameter("CB00001000"), Parameter(51L)]),
            ("bag_parent_idx", BagSql.List(BagListParts.Parent), [Parameter("SB00000031"), Parameter(51L)]),
            ("bill_number_key", BillSql.Find, [Parameter("B7")]),
            ("bill_created_idx", BillSql.List(BillListParts.None), [Parameter(51L)]),
            ("bill_status_idx", BillSql.List(BillListParts.Status), [Parameter((short)1), Parameter(51L)]),
            ("bill_creator_idx", BillSql.List(BillListParts.CreatedBy), [Parameter("u7"), Parameter(51L)]),
            // A day's summary reads the day's bills; the planner has no reason to walk creators or statuses.
            ("bill_created_idx", BillSql.Summarize, [Parameter(TimeProvider.System.GetUtcNow().AddDays(-2)), Parameter(TimeProvider.System.GetUtcNow().AddDays(-1))]),
            ("bag_parent_idx", BillSql.CountContents, [Parameter(new[] { "B2" })]),
            ("bill_bag_bill_idx", BillSql.CountContents, [Parameter(new[] { "B2" })]),
            ("bill_bag_bill_idx", BillSql.Draw, [Parameter(new[] { "B2" })]),
            ("bag_pkey", ScanSql.ReadBags, [Parameter(new[] { "SB00000031" })]),
            ("_pkey", ScanListSql.List(ScanListParts.None), [Parameter(51L)]),
            ("actor_id_recorded_at_id_idx", ScanListSql.List(ScanListParts.ActorId), [Parameter("u7"), Parameter(51L)]),
            ("qr_recorded_at_id_idx", ScanListSql.List(ScanListParts.Qr), [Parameter("CB00000007"), Parameter(51L)]),
            ("area_recorded_at_id_idx", ScanListSql.List(ScanListParts.Area), [Parameter("QUIET"), Parameter(51L)]),
            ("actor_id_recorded_at_id_idx", ScanUndoSql.Undoable, [Parameter("u7"), Parameter(TimeSpan.FromDays(90)), Parameter(2L)]),
            ("scan_receipt_pkey", ScanUndoSql.Undoable, [Parameter("u7"), Parameter(TimeSpan.FromDays(90)), Parameter(2L)]),
            ("scan_receipt_pkey", ScanUndoSql.Repeated, [Parameter(new[] { Guid.Empty }), Parameter("u7")]),
            ("scan_receipt_pkey", ScanUndoSql.Mark, [Parameter(new[] { Guid.Empty }), Parameter(new[] { Guid.Empty })]),
            ("app_user_name_key", UserSql.List(ofRole: false, from: false, backward: false), [Parameter(51L)]),
            ("app_user_role_idx", UserSql.List(ofRole: true, from: true, backward: false), [Parameter((short)2), Parameter("n5"), Parameter(51L)]),
            ("app_user_name_key", UserSql.FindCredentials, [Parameter("n7")]),
            ("import_pkey", ImportSql.List(from: true, backward: false), [Parameter(1_000L), Parameter(51L)]),
            ("import_pkey", ImportSql.List(from: false, backward: true), [Parameter(51L)]),
            ("import_import_key_key", ImportSql.FindReport, [Parameter(Guid.Empty)]),
            ("import_result_pkey", ImportSql.ListResults(from: true, backward: false), [Parameter(Guid.Empty), Parameter(100L), Parameter(51L)]),
            ("import_result_pkey", ImportSql.ListResults(from: false, backward: true), [Parameter(Guid.Empty), Parameter(51L)]),
            ("login_session_pkey", UserSql.FindSession, [Parameter(new byte[32])]),
            ("login_session_user_idx", UserSql.EndAllSessions, [Parameter("u7")]),
            ("login_session_user_idx", UserSql.PruneSessions, [Parameter("u7"), Parameter(DateTimeOffset.UnixEpoch)]),
        ];
        var misses = new List<string>();
        foreach (var (index, sql, parameters) in expected)
        {
            var plan = await ExplainAsync(sql.Replace("tracetrack.", store.Schema + ".", StringComparison.Ordinal), parameters);
            if (!plan.Contains(index, StringComparison.Ordinal) || plan.Contains("Seq Scan on bag ", StringComparison.Ordinal))
                misses.Add($"{index} is not used by {sql}\n{plan}");
        }

        Assert.True(misses.Count == 0, string.Join("\n\n", misses));
    }

    /// <summary>Right after an import of loose bags, statistics say that no bag is in a parent; they go on saying so while scanners fill parents.</summary>
    [Fact]
    public async Task Locking_bags_does_not_read_the_index_of_contents_however_small_it_is_thought()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("""
            INSERT INTO tracetrack.bag (id, version, created_at, changed_at, kind, qr)
            SELECT n, n, now(), now(), 2, 'CB' || lpad(n::text, 8, '0') FROM generate_series(1, 40000) n;
            ANALYZE tracetrack.bag;
            """);
        foreach (var sql in new[] { ScanSql.LockBags, ScanSql.ReadBags })
        {
            var plan = await ExplainAsync(
                sql.Replace("tracetrack.", store.Schema + ".", StringComparison.Ordinal), [Parameter(new[] { "CB00000010", "SB00000011" })]);
            Assert.DoesNotContain("bag_parent_idx", plan, StringComparison.Ordinal);
        }
    }

    private async Task<string> ExplainAsync(string sql, NpgsqlParameter[] parameters)
    {
        await using var connection = await server.Source.OpenConnectionAsync();
        await using var command = connection.Command("EXPLAIN " + sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new StringBuilder();
        while (await reader.ReadAsync())
            plan.AppendLine(reader.GetString(0));
        return plan.ToString();
    }
}
