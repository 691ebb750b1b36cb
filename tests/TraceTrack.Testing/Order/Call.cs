using TraceTrack.Users;

namespace TraceTrack.Testing.Order;

/// <summary>What a client asks for: the same can be asked of the store and of the model.</summary>
/// <param name="Text">In words.</param>
/// <param name="Names">The codes, numbers and scan ids that it names.</param>
/// <param name="Operations">How many scans, deletions or changes of bills it is.</param>
/// <param name="Expected">The bill's version that the caller saw, by the store's counting; null for none.</param>
/// <param name="Act">Does it, with the version expected by this store's counting, and writes down the answer.</param>
public sealed record Work(
    string Text, IReadOnlyCollection<string> Names, int Operations, SeenRow? Expected, Func<ITracker, long?, Answer, Task> Act)
{
    public async Task<Answer> DoAsync(ITraceTrack door, Actor actor, long? expected)
    {
        var answer = new Answer();
        foreach (var name in Names)
            answer.Name(name);
        try
        {
            await Act(door.As(actor), expected, answer);
        }
        catch (TraceTrackException error)
        {
            answer.Show(error);
        }

        return answer;
    }
}

/// <summary>One call of the recorded history.</summary>
/// <param name="client">Whose; a client's calls come one after the other.</param>
/// <param name="actor">Who acts.</param>
/// <param name="work">What was asked for.</param>
/// <param name="invoked">Before it was sent.</param>
/// <param name="returned">After it was answered.</param>
/// <param name="answer">What it was answered.</param>
public sealed class Call(int client, Actor actor, Work work, DateTimeOffset invoked, DateTimeOffset returned, Answer answer)
{
    public int Client => client;

    public Actor Actor => actor;

    public Work Work => work;

    public DateTimeOffset Invoked => invoked;

    public DateTimeOffset Returned => returned;

    public Answer Answer => answer;

    public override string ToString() =>
        $"[{invoked:ss.ffffff}–{returned:ss.ffffff}] {actor.Id} ({actor.Role} {actor.Area}): {work.Text} → {answer.Text}";
}
