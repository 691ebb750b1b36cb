using GraphQLHost.Http;
using GraphQLHost.Resolvers;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddTraceTrack().UseInMemory();
builder.Services.AddTraceTrackGraphQL();
builder.Services.AddHealthChecks();

var app = builder.Build();
app.MapGraphQL("/graphql");
app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
app.MapHealthChecks("/health/ready");
app.Run();

/// <summary>Named for tests that start the host in their own process.</summary>
public partial class Program;
