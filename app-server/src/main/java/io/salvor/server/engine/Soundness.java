package io.salvor.server.engine;

/// What an error says about the process in which it came up.
///
/// A bug that its data brought about - a stack too deep, an assertion - concerns what was being
/// done and nothing else. Without memory, or with classes that cannot be loaded, nothing that the
/// process does can be trusted any more: it has to end, while agents run on, so that the next one
/// reconciles.
public final class Soundness {
  private Soundness() {}

  /// Whether the process has to end.
  public static boolean isLost(Throwable error) {
    return switch (error) {
      case StackOverflowError _ -> false;
      case OutOfMemoryError e -> !isForWantOfAThread(e);
      case VirtualMachineError _, LinkageError _ -> true;
      default -> false;
    };
  }

  /// The host gives no more threads for now: that is its own trouble, and passes.
  private static boolean isForWantOfAThread(OutOfMemoryError error) {
    String message = error.getMessage();
    return message != null && message.startsWith("unable to create native thread");
  }
}
