package io.salvor.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {
  private final Rounds rounds = new Rounds();
  private final List<Throwable> uncaught = new ArrayList<>();

  @Test
  void what_one_round_throws_ends_no_later_one() throws InterruptedException {
    var went = new ArrayList<String>();
    onAThread(() -> {
      rounds.run("one", () -> fail(new IllegalStateException("a bug")));
      rounds.run("one", () -> fail(new OutOfMemoryError("unable to create native thread: none")));
      rounds.run("one", () -> went.add("well"));
    });
    assertThat(went).containsExactly("well");
    assertThat(uncaught).isEmpty();
  }

  @Test
  void an_error_after_which_nothing_can_be_trusted_is_as_if_nobody_had_caught_it()
      throws InterruptedException {
    var fatal = new NoClassDefFoundError("io/X");
    onAThread(() -> rounds.run("one", () -> fail(fatal)));
    assertThat(uncaught).containsExactly(fatal);
  }

  private static void fail(Throwable problem) {
    switch (problem) {
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new AssertionError(problem);
    }
  }

  private void onAThread(Runnable work) throws InterruptedException {
    Thread thread = Thread.ofPlatform().unstarted(work);
    thread.setUncaughtExceptionHandler((_, cause) -> uncaught.add(cause));
    thread.start();
    thread.join();
  }
}
