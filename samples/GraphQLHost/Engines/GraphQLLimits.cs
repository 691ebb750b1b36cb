namespace GraphQLHost.Engines;

/// <summary>Who may ask for the schema by <c>__schema</c> and <c>__type</c>.</summary>
internal enum IntrospectionAccess
{
    /// <summary>Admins only.</summary>
    Admins,

    /// <summary>Whoever asks, also without a session.</summary>
    Everybody,
}

/// <summary>What one request may cost. Both engines keep to the same numbers.</summary>
internal sealed class GraphQLLimits
{
    public const string ConfigurationSection = "GraphQL";

    /// <value>
    /// Who may introspect: admins by default, everybody where the host runs in Development. The schema is no secret, it is a file of the project;
    /// but its answer is the longest there is, and what strangers need it for is seldom good.
    /// </value>
    public IntrospectionAccess Introspection { get; set; }

    /// <value>Bytes of a request's body; 512 KiB by default.</value>
    public int MaxRequestBytes { get; set; } = 512 * 1024;

    /// <value>UTF-8 bytes of a document; 64 KiB by default.</value>
    public int MaxDocumentBytes { get; set; } = 64 * 1024;

    /// <value>Levels of fields; 12 by default. Introspection has a limit of its own, since the usual tools ask for 13 levels.</value>
    public int MaxDepth { get; set; } = 12;

    /// <value>Levels of fields below <c>__schema</c> and <c>__type</c>; 20 by default.</value>
    public int MaxIntrospectionDepth { get; set; } = 20;

    /// <value>Fields, fragments, directives and variables of a document after its fragments are spread; 1,000 by default.</value>
    public int MaxFields { get; set; } = 1_000;

    /// <value>Definitions, that is operations and fragments, of a document; 100 by default.</value>
    public int MaxDefinitions { get; set; } = 100;

    /// <value>Fields of an answer as estimated from the page sizes asked for; 100,000 by default.</value>
    public int MaxComplexity { get; set; } = 100_000;

    /// <value>Errors told of a document that is not valid; 20 by default. The answer to nonsense must not be longer than the nonsense.</value>
    public int MaxValidationErrors { get; set; } = 20;

    /// <value>Rows of a page; 200, as the domain has it. Larger ones are refused by the domain, and here counted as this many.</value>
    public int MaxPageSize { get; set; } = 200;

    /// <value>Items of a mutation that takes many; 500 by default. The domain takes more, for callers whose answers need not be one document.</value>
    public int MaxBatchSize { get; set; } = 500;

    /// <value>Rows that a list without a page size is taken to hold when a query's cost is estimated; 30 by default.</value>
    public int AssumedListSize { get; set; } = 30;

    /// <value>How long a request may take; 30 seconds by default.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <value>Parsed and validated documents kept; 500 by default, 0 for none.</value>
    public int CachedDocuments { get; set; } = 500;

    /// <value>Documents longer than this many characters are not kept, so that nobody fills the memory with them; 8,192 by default.</value>
    public int CachedDocumentLength { get; set; } = 8 * 1024;
}
