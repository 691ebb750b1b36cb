using GraphQLHost.Engines;

namespace GraphQLHost.Http;

/// <summary>Where the events of one subscription go, in the form of its protocol. What is written goes out with the next flush.</summary>
internal interface IEventSink
{
    /// <summary>Bytes that wait for a flush.</summary>
    long UnflushedBytes { get; }

    void WriteNext(GraphQLResult result);

    /// <summary>A sign of life.</summary>
    void WriteComment();

    void WriteComplete();

    ValueTask FlushAsync(CancellationToken cancellationToken);
}
