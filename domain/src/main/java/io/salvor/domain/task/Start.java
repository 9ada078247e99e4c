package io.salvor.domain.task;

/// How an attempt is to begin, and how often that was tried.
///
/// @param failedStarts starts that failed in a row
/// @param retries attempts that Salvor began by itself since a person asked for one
public record Start(StartMode mode, int failedStarts, int retries) {

  /// As somebody asks for it.
  public static Start asked(StartMode mode) {
    return new Start(mode, 0, 0);
  }

  /// Once more, after it failed.
  Start again(StartMode next) {
    return new Start(next, failedStarts + 1, retries);
  }

  /// The next attempt that comes by itself.
  Start retry(StartMode next) {
    return new Start(next, 0, retries + 1);
  }

  /// Another attempt in place of one that does not count.
  Start instead(StartMode next) {
    return new Start(next, 0, retries);
  }
}
