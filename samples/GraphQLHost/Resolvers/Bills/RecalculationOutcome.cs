namespace GraphQLHost.Resolvers.Bills;

/// <summary>What counting anew came to.</summary>
internal enum RecalculationOutcome
{
    Exact,
    Mended,
}
