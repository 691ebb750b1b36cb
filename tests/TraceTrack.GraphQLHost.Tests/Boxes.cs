using GraphQLHost.Engines;

namespace TraceTrack.GraphQLHost.Tests;

internal enum BoxSize
{
    Small,
    VeryLarge,
}

internal sealed record Box(string Id, string Name, string? OuterId = null)
{
    public BoxSize Size { get; init; } = BoxSize.VeryLarge;

    public decimal Weight { get; init; } = 1.5m;

    public DateTimeOffset MadeAt { get; init; } = new(2026, 11, 3, 12, 15, 30, 123, 456, TimeSpan.FromHours(2));

    public long Version { get; init; } = 9_007_199_254_740_993;
}

/// <summary>A schema just large enough to show what an engine does with a table. It knows nothing of bags.</summary>
internal sealed class Boxes
{
    public const string Sdl = """
        "Reads."
        type Query {
          box(id: ID!): Box
          boxes(first: Int): [Box!]!
          page(first: Int): BoxPage!
          named(ids: [String!]!): BoxPage!
          echo(input: EchoInput!): Echo!
          fail(how: String!): String
          failHard(how: String!): String!
          whoami: String!
          ping: String!
        }
        type Mutation {
          rename(id: ID!, name: String!): Box!
          open(name: String!): String!
        }
        type Box {
          id: ID! name: String! size: BoxSize! weight: Decimal! madeAt: DateTime! version: Long!
          outer: Box
          inner: [Box!]!
          twin: Box
          label(prefix: String!): String!
          broken: String
          short: String
        }
        type BoxPage { nodes: [Box!]! }
        input EchoInput { text: String id: ID number: Int version: Long at: DateTime size: BoxSize flag: Boolean inner: EchoInput list: [EchoInput!] }
        type Echo { text: String id: String number: Int version: Long at: DateTime size: BoxSize flag: Boolean inner: Echo list: [Echo!]! }
        enum BoxSize { SMALL VERY_LARGE }
        "Three places." scalar Decimal
        "A moment." scalar DateTime
        "63 bits." scalar Long
        """;

    private readonly Dictionary<string, Box> _boxes = new(StringComparer.Ordinal);

    public Boxes()
    {
        for (var i = 0; i < 100; i++)
            Put(new($"b{i}", $"Box {i}", i == 0 ? null : $"b{(i - 1) / 10}"));
        Table = new ResolverTable().Enum<BoxSize>("BoxSize");
        var byId = new BatchLoader<string, Box?>("box", Load("box", id => _boxes.GetValueOrDefault(id)));
        var inner = new BatchLoader<string, IReadOnlyList<Box>>("inner", Load<IReadOnlyList<Box>>("inner", id => [.. _boxes.Values.Where(box => box.OuterId == id)]));
        Table.Type<Box>("Box")
            .Batch("outer", byId, box => box.OuterId)
            .Batch("twin", byId, box => box.Id)
            .Batch("inner", inner, box => box.Id)
            .Batch("broken", new BatchLoader<string, string>("broken", (_, _) => throw new InvalidDataException("secret")), box => box.Id)
            .Batch("short", new BatchLoader<string, string>("short", (_, _) => new([])), box => box.Id)
            .Batch("label", new BatchLoader<(string Id, string Prefix), string>("label", Label), (box, arguments) => (box.Id, arguments.Text("prefix")));
        Table.Type<Arguments>("Echo")
            .Field("text", echo => echo.TextOrNull("text"))
            .Field("id", echo => echo.Has("id") ? echo.Id("id") : null)
            .Field("number", echo => echo.NumberOrNull("number"))
            .Field("version", echo => echo.LongNumberOrNull("version"))
            .Field("at", echo => echo.TimeOrNull("at"))
            .Field("size", echo => echo.ChoiceOrNull<BoxSize>("size"))
            .Field("flag", echo => echo.FlagOrNull("flag"))
            .Field("inner", echo => echo.InputOrNull("inner"))
            .Field("list", echo => echo.Inputs("list").ToList());
        Table.Type<IReadOnlyList<Box>>("BoxPage").Field("nodes", page => page);
        Table.Query("box", (arguments, _) => new ValueTask<Box?>(_boxes.GetValueOrDefault(arguments.Id("id"))))
            .Query("boxes", async (arguments, _) =>
            {
                await Task.Yield();
                return _boxes.Values.Take(arguments.NumberOrNull("first") ?? 10).ToList();
            })
            .Query("page", (arguments, _) => new ValueTask<IReadOnlyList<Box>>([.. _boxes.Values.Take(arguments.NumberOrNull("first") ?? 10)]))
            .Query("named", (arguments, _) => new ValueTask<IReadOnlyList<Box>>([.. arguments.Texts("ids").Select(id => _boxes[id])]))
            .Query("echo", (arguments, _) => new ValueTask<Arguments>(arguments.Input("input")))
            .Query("fail", (arguments, context) => Fail(arguments.Text("how"), context))
            .Query("failHard", (arguments, context) => Fail(arguments.Text("how"), context))
            .Query("whoami", (_, context) => new ValueTask<string>(context.Actor!.Id))
            .Query("ping", (_, context) => new ValueTask<string>(context.Actor?.Id ?? "nobody"))
            .Mutation("rename", Rename)
            .Mutation("open", (arguments, _) => new ValueTask<string>(arguments.Text("name")))
            .Anonymous("Query", "ping")
            .Anonymous("Mutation", "open");
    }

    public ResolverTable Table { get; }

    /// <summary>Each load: the loader's name and how many keys it got.</summary>
    public List<(string Loader, int Keys)> Loads { get; } = [];

    public string LoadersUsed => string.Join(' ', Loads.Select(load => load.Loader));

    private void Put(Box box) => _boxes[box.Id] = box;

    private async ValueTask<Box> Rename(Arguments arguments, RequestContext context)
    {
        await Task.Yield();
        var box = _boxes[arguments.Id("id")] with { Name = arguments.Text("name") };
        Put(box);
        return box;
    }

    private Func<IReadOnlyList<string>, RequestContext, ValueTask<IReadOnlyList<T>>> Load<T>(string name, Func<string, T> find) =>
        async (keys, context) =>
        {
            await Task.Delay(1, context.CancellationToken);
            Loads.Add((name, keys.Count));
            return [.. keys.Select(find)];
        };

    private ValueTask<IReadOnlyList<string>> Label(IReadOnlyList<(string Id, string Prefix)> keys, RequestContext context)
    {
        Loads.Add(("label", keys.Count));
        return new([.. keys.Select(key => $"{key.Prefix}-{key.Id}")]);
    }

    private static async ValueTask<string?> Fail(string how, RequestContext context)
    {
        await Task.Yield();
        return how switch
        {
            "domain" => throw new InvalidInputException(ErrorCodes.InvalidQrCode, "That is no code."),
            "stale" => throw new ConflictException(ErrorCodes.StaleVersion, "It changed.") { ExpectedVersion = 3, ActualVersion = 4 },
            "host" => throw new GraphQLErrorException("TOO_SOON", "Wait a little."),
            "bug" => throw new InvalidDataException("Password=secret"),
            "cancelled" => throw new OperationCanceledException("secret"),
            "slow" => await Never(context.CancellationToken),
            _ => null,
        };
    }

    private static async Task<string> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return "";
    }
}
