using TraceTrack.Users;

namespace TraceTrack.Testing.Order;

/// <summary>What a client asks for: the same can be asked of the store and of the model.</summary>
/// <param name="Text">In words.</param>
/// <param name="Names">The codes and numbers that it names.</param>
/// <param name="Operations">How many scans, deletions or changes of bills it is.</param>
/// <param name="Expected">The bill's version that the caller saw, by the store's counting; null for none.</param>
/// <param name="Act">Does it, with the version expected by this store's counting, and writes down the answer.</param>
public sealed record Work(
    string Text, IReadOnlyCollection<string> Names, int Operations, SeenRow? Expected, Func<ITracker, long?, Answer, Task> Act)
{
    public async Task<Answer> DoAsync(ITraceTrack door, Actor actor, long? expected)
    {
        var answer = new Answer();
        try
        {
            await Act(door.As(actor), expected, answer);
        }
        catch (TraceTrackException error)
        {
            answer.Show(error, Names.FirstOrDefault() ?? "");
        }

        return answer;
    }
}

/// <summary>One call of the recorded history.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="Work">What was asked for.</param>
/// <param name="Invoked">Its place, before it was sent, among all sendings and answers of the history.</param>
/// <param name="Returned">Its place there when it was answered.</param>
/// <param name="Answer">What it was answered.</param>
public sealed record Call(Actor Actor, Work Work, long Invoked, long Returned, Answer Answer)
{
    public override string ToString() => $"[{Invoked}–{Returned}] {Actor.Id} ({Actor.Role} {Actor.Area}): {Work.Text} → {Answer.Text}";
}
