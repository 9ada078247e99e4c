package io.salvor.domain.agent;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.time.Now;
import java.util.Optional;

/// The agents' processes on this host. They outlive the server.
///
/// Safe for use by many threads. Methods throw [ProcessesUnavailable] where the host does not
/// answer as it should.
public interface AgentProcesses {

  /// Starts the agent if nobody took the attempt's ticket; asked again, also after a crash inside
  /// the first call, finds it started. Of two starts that race, one wins the ticket and the other
  /// steps back.
  Spawn spawn(LaunchOrder order);

  /// Follows the agent's output until its leader is gone and all output was handed over, or until
  /// the thread is interrupted. Blocks. A closing statement that shows itself as the last one only
  /// at the end of the output is told here and, equal, again by [#end].
  void watch(WatchOrder order, Observer observer) throws InterruptedException;

  /// Ends all that lives of the attempt (TERM, 5 s, KILL, sweep), hands over the rest of its
  /// output, and proves that nothing survives. Takes the ticket first, so that an attempt that has
  /// not started never will. Works on an attempt that ended long ago, and again. One that never
  /// started has no output and [Exit.Unknown]. Blocks.
  ///
  /// @param workspace where the attempt works: what has its working directory there is a survivor;
  ///   empty where there is none
  /// @param offset where the last accepted batch ended
  Evidence end(AttemptRef attempt, Agent agent, String workspace, long offset, Observer observer)
      throws InterruptedException;

  /// Where a person can watch the attempt: the socket of the tmux server whose one window shows it;
  /// empty where it was started without one. The window is there for as long as the agent is.
  default Optional<String> window(AttemptRef attempt) {
    return Optional.empty();
  }

  /// What a watcher tells; calls for one attempt come one after the other.
  interface Observer {
    /// Consecutive output. Returns when it is durable.
    ///
    /// @return false if the attempt is not to be followed any more
    boolean output(OutputBatch batch) throws InterruptedException;

    /// Bytes came, whether or not they make an event; not a record.
    ///
    /// @param progress false where all of it is the agent waiting for its provider
    /// @param written how many bytes its two streams have by now
    void alive(Now at, boolean progress, long written);
  }
}
