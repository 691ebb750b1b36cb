namespace GraphQLHost.Engines;

internal static class Boxed
{
    /// <summary>Forgets a task's type; one that has finished, such as a hit in a cache, makes no state machine.</summary>
    public static ValueTask<object?> Of<T>(ValueTask<T> task)
    {
        return task.IsCompletedSuccessfully ? new(task.GetAwaiter().GetResult()) : Wait(task);

        static async ValueTask<object?> Wait(ValueTask<T> task) => await task;
    }
}
