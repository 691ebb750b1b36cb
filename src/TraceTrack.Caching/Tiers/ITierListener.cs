namespace TraceTrack.Caching;

/// <summary>Who hears what other processes say through a tier.</summary>
public interface ITierListener
{
    /// <summary>A message has arrived. Never throws.</summary>
    /// <param name="message">The message; its body is only read during the call.</param>
    void Receive(TierMessage message);

    /// <summary>Messages may have been lost, or may be lost from now on: the connection broke, or came back. Never throws.</summary>
    void Interrupted();
}
