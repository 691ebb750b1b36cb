using GraphQL.Execution;
using GraphQLParser.AST;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace GraphQLHost.Engines.GraphQLNet;

internal sealed class StrategySelector : IExecutionStrategySelector
{
    private static readonly MutationStrategy Mutations = new();

    private static readonly BeginningStrategy Beginnings = new();

    public IExecutionStrategy Select(ExecutionContext context) => context.Operation.Operation switch
    {
        OperationType.Mutation => Mutations,
        OperationType.Subscription when ((NetContext)context.UserContext).Request.Event is null => Beginnings,
        // An event is answered as a query is: the root field gives it.
        _ => ParallelExecutionStrategy.Instance,
    };

    /// <summary>
    /// Runs mutations one after the other, each with all of its answer. GraphQL.NET's own strategy leaves batched fields of the
    /// first answer until the last mutation has run, so that they would show its effects.
    /// </summary>
    private sealed class MutationStrategy : ExecutionStrategy
    {
        public override async Task ExecuteNodeTreeAsync(ExecutionContext context, ExecutionNode rootNode)
        {
            foreach (var mutation in ((ObjectExecutionNode)rootNode).SubFields ?? [])
                await ParallelExecutionStrategy.Instance.ExecuteNodeTreeAsync(context, mutation);
        }
    }

    /// <summary>Lets the field of a subscription begin, and asks for nothing below it: there is no event yet.</summary>
    private sealed class BeginningStrategy : ExecutionStrategy
    {
        public override async Task ExecuteNodeTreeAsync(ExecutionContext context, ExecutionNode rootNode)
        {
            foreach (var field in ((ObjectExecutionNode)rootNode).SubFields ?? [])
                await ExecuteNodeAsync(context, field);
        }
    }
}
