using GraphQLHost.Commands;

return await CommandLine.RunAsync(args);

/// <summary>Named for tests that start the host in their own process.</summary>
public partial class Program;
