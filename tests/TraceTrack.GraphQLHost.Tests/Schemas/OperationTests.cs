using GraphQLHost.Resolvers;

namespace TraceTrack.GraphQLHost.Tests.Schemas;

/// <summary>Everything that a tracker does is to be had by GraphQL, or there is a reason why not.</summary>
public sealed class OperationTests
{
    /// <summary>Fields by which a client reaches an operation; without any, the reason.</summary>
    private static readonly (string Operation, string[] Fields, string? Reason)[] Operations =
    [
        ("Bags.FindAsync", ["Query.bag"], null),
        ("Bags.FindManyAsync", ["Query.bagsByQr", "Scan.bag"], null),
        ("Bags.ChildrenOfAsync", ["Bag.children"], null),
        ("Bags.OnBillsAsync", ["Bill.parents"], null),
        ("Bags.ListAsync", ["Query.bags"], null),
        ("Bags.SearchAsync", ["Query.search"], null),
        ("Bags.DeleteAsync", ["Mutation.deleteBag"], null),
        ("Bags.DeleteManyAsync", ["Mutation.deleteBags"], null),
        ("Bills.FindAsync", ["Query.bill"], null),
        ("Bills.FindManyAsync", ["Bag.bill"], null),
        ("Bills.ListAsync", ["Query.bills"], null),
        ("Bills.CreateAsync", ["Mutation.createBill"], null),
        ("Bills.CompleteAsync", ["Mutation.completeBill"], null),
        ("Bills.ReopenAsync", ["Mutation.reopenBill"], null),
        ("Bills.ResizeAsync", ["Mutation.resizeBill"], null),
        ("Bills.DeleteAsync", ["Mutation.deleteBill"], null),
        ("Bills.RecalculateAsync", ["Mutation.recalculateBill"], null),
        ("Bills.SummarizeDayAsync", ["Query.daySummary"], null),
        ("Bills.SetStatusManyAsync", ["Mutation.completeBills", "Mutation.reopenBills"], null),
        ("Scans.RecordAsync", ["Mutation.recordScan"], null),
        ("Scans.RecordManyAsync", ["Mutation.recordScans"], null),
        ("Scans.ListAsync", ["Query.scans"], null),
        ("Scans.ReadAfterAsync", ["Query.scansAfter", "Subscription.scanRecorded"], null),
        ("Scans.FindFeedEndAsync", ["Subscription.scanRecorded"], null),
        ("Scans.ShowAsync", ["Subscription.scanRecorded"], null),
        ("History.ContentsAtAsync", ["Query.contentsAt"], null),
        ("History.ParentAtAsync", ["Query.parentAt"], null),
        ("History.OfBagAsync", ["Query.bagHistory"], null),
        ("History.OfBillAsync", ["Query.billHistory"], null),
        ("Users.FindAsync", ["Query.me"], null),
        ("Users.FindManyAsync", ["Query.user", "Scan.user"], null),
        ("Users.FindByNameAsync", ["Query.userByName"], null),
        ("Users.ListAsync", ["Query.users"], null),
        ("Users.CreateAsync", ["Mutation.createUser"], null),
        ("Users.ChangeAsync", ["Mutation.changeUser", "Mutation.setPassword"], null),
        ("Users.SetPasswordAsync", ["Mutation.setPassword"], null),
        ("Users.ReplacePasswordAsync", ["Mutation.changePassword"], null),
        ("Users.LogInAsync", ["Mutation.login"], null),
        ("Users.EndSessionAsync", ["Mutation.logout"], null),
        ("Users.EndSessionsAsync", ["Mutation.logoutEverywhere"], null),
        ("Users.FindCredentialsAsync", [], "The hash of a password leaves the server for nobody; login verifies with it."),
        ("Users.FindSessionAsync", [], "Each request's session is looked up before its fields are."),
        ("Users.StartSessionAsync", [], "A session without a password is for applications that know their users in another way."),
        ("Totals.GetAsync", ["Query.totals"], null),
        ("Totals.ReconcileAsync", ["Mutation.reconcileTotals"], null),
        ("Imports.ImportAsync", ["Mutation.importBags"], null),
        ("Imports.FindAsync", ["Query.import"], null),
        ("Imports.ListAsync", ["Query.imports"], null),
        ("Imports.ListResultsAsync", ["Query.importResults"], null),
        ("Imports.ReadResultsAsync", ["ImportBagsPayload.results"], null),
        ("Imports.ImportScansAsync", [], "The log of an earlier system is imported once, by a program of its own."),
        ("Exports.ExportAsync", [], "A stream of any length is no answer of GraphQL; GET /export sends it."),
    ];

    [Fact]
    public void Every_operation_of_a_tracker_has_a_field_or_a_reason()
    {
        var existing = typeof(ITracker).GetProperties().Where(part => part.PropertyType.IsInterface)
            .SelectMany(part => part.PropertyType.GetMethods().Select(method => $"{part.Name}.{method.Name}")).Distinct(StringComparer.Ordinal);
        Assert.Equal(existing.Order(StringComparer.Ordinal), Operations.Select(operation => operation.Operation).Order(StringComparer.Ordinal));
        Assert.All(Operations, operation => Assert.True(operation.Fields.Length > 0 == operation.Reason is null, operation.Operation));
    }

    [Fact]
    public void The_fields_are_there()
    {
        var types = SdlReader.Read(TraceTrackTable.ReadSchema()).Types;
        var missing = Operations.SelectMany(operation => operation.Fields)
            .Where(field => field.Split('.') is not [var type, var name] || !types[type].Fields.ContainsKey(name));
        Assert.Empty(missing);
    }
}
