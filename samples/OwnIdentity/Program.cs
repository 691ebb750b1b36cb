// TraceTrack in an application that has people of its own. Nothing of TraceTrack's users is used: scans keep the team's ids as they are.
//
//   dotnet run --project samples/OwnIdentity --urls http://127.0.0.1:5090
//   TOKEN=$(curl -s http://127.0.0.1:5090/log-in -H 'Content-Type: application/json' -d '{"badge":"badge-1"}' | sed -E 's/.*"accessToken":"([^"]+)".*/\1/')
//   curl -s http://127.0.0.1:5090/scans -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
//     -d '{"scanId":"0199c1de-0000-7000-8000-000000000001","action":"Link","qr":"cb1","parent":"sb1"}'
//   curl -s http://127.0.0.1:5090/bags/SB1 -H "Authorization: Bearer $TOKEN"
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication.BearerToken;
using OwnIdentity;
using TraceTrack;
using TraceTrack.Bags;

const string Scheme = BearerTokenDefaults.AuthenticationScheme;

var builder = WebApplication.CreateBuilder(args);
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));

// The team's identity: any scheme of ASP.NET Core will do, such as JWTs, cookies or single sign-on.
builder.Services.AddAuthentication(Scheme).AddBearerToken();
builder.Services.AddAuthorization(authorization => authorization.FallbackPolicy = new(
    [new Microsoft.AspNetCore.Authorization.Infrastructure.AssertionRequirement(context => Staff.ToActor(context.User) is not null)], [Scheme]));

var traceTrack = builder.Services.AddTraceTrack();
if (builder.Configuration["TRACETRACK_POSTGRES"] is { Length: > 0 } connectionString)
    traceTrack.UsePostgres(connectionString).MigrateOnStartup();
else
    traceTrack.UseInMemory();

// Endpoints ask for an ITracker and get the warehouse as whoever sent the request may see and change it.
builder.Services.AddHttpContextAccessor().AddScoped(services => services.GetRequiredService<ITraceTrack>().As(
    Staff.ToActor(services.GetRequiredService<IHttpContextAccessor>().HttpContext!.User) ?? throw new InvalidOperationException("Nobody acts here.")));

var app = builder.Build();
app.UseAuthentication().UseAuthorization();

app.MapPost("/log-in", (LogIn request) => Staff.Find(request.Badge, Scheme) is { } person
    ? Results.SignIn(person, authenticationScheme: Scheme)
    : Results.Unauthorized()).AllowAnonymous();

var warehouse = app.MapGroup("").AddEndpointFilter(async (context, next) =>
{
    try
    {
        return await next(context);
    }
    catch (TraceTrackException error)
    {
        var status = error is InvalidInputException ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict;
        return Results.Problem(error.Message, statusCode: status, extensions: [new("code", error.Code)]);
    }
});

// A refused scan is an answer: it tells the scanner why, and stands in the log.
warehouse.MapPost("/scans", async (ScanRequest scan, ITracker tracker, CancellationToken cancellationToken) =>
{
    var result = await tracker.Scans.RecordAsync(scan.ToScan(), cancellationToken);
    return new ScanAnswer(result.Outcome, result.Rejection, result.Fact, result.Scan.ActorId);
});

warehouse.MapGet("/bags/{**qr}", async (string qr, ITracker tracker, CancellationToken cancellationToken) =>
{
    if (await tracker.Bags.FindAsync(QrCode.Parse(qr), cancellationToken) is not { } bag)
        return Results.NotFound();
    var children = (await tracker.Bags.ChildrenOfAsync([bag.Qr], cancellationToken))[0];
    return Results.Ok(new BagAnswer(bag.Qr.Value, bag.Status, bag.Area, [.. children.Select(child => child.Qr.Value)]));
});

await app.RunAsync();
