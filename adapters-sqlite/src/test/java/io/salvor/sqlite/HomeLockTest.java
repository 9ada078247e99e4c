package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.sqlite.HomeLock.Answer;
import io.salvor.sqlite.HomeLock.Holder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeLockTest {
  private static final Holder US =
      new Holder(ProcessHandle.current().pid(), Instant.parse("2026-03-01T09:00:00Z"));

  @TempDir private Path home;

  /// Z12.
  @Test
  void the_second_server_on_a_home_is_told_who_has_it() {
    try (HomeLock _ = acquired()) {
      assertThat(HomeLock.acquire(home, new Holder(1, US.startedAt())))
          .isInstanceOfSatisfying(Answer.Taken.class, it -> assertThat(it.holder()).contains(US));
    }
  }

  @Test
  void a_home_that_was_given_back_can_be_taken() {
    acquired().close();
    assertThat(HomeLock.holderOf(home)).isEmpty();
    acquired().close();
  }

  @Test
  void another_process_holds_a_home_until_it_is_killed() throws Exception {
    Process other = ChildJvm.start(HolderOfAHome.class, List.of(home.toString()));
    try (var lines = other.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("held");
      assertThat(HomeLock.acquire(home, US))
          .isInstanceOfSatisfying(
              Answer.Taken.class,
              it -> assertThat(it.holder().orElseThrow().pid()).isEqualTo(other.pid()));
      other.destroyForcibly().waitFor();
      acquired().close();
    } finally {
      other.destroyForcibly();
    }
  }

  private HomeLock acquired() {
    if (HomeLock.acquire(home, US) instanceof Answer.Acquired acquired) {
      return acquired.lock();
    }
    throw new AssertionError("the home is taken");
  }

  /// Takes a home and keeps it until its input ends.
  static final class HolderOfAHome {
    private HolderOfAHome() {}

    public static void main(String[] args) throws Exception {
      var self = new Holder(ProcessHandle.current().pid(), Instant.EPOCH);
      if (HomeLock.acquire(Path.of(args[0]), self) instanceof Answer.Acquired) {
        System.out.println("held");
        System.in.readAllBytes();
      }
    }
  }
}
