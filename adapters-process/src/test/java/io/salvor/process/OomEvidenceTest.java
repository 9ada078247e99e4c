package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.ShimStop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A kill for memory is told by the kernel or not at all.
final class OomEvidenceTest {
  private static final Leader LEADER = new Leader(4711, 100_000, "boot");
  private static final Optional<ExitNote> KILLED = Optional.of(new ExitNote(137, ShimStop.NONE));

  @TempDir private Path directory;

  @Test
  void the_kernel_s_log_names_the_leader() {
    OomEvidence oom =
        log("[ 1200.123456] Out of memory: Killed process 4711 (node) total-vm:1kB, anon-rss:1kB");

    assertThat(oom.shows(LEADER, KILLED, Optional.empty())).isTrue();
    assertThat(oom.shows(LEADER, Optional.empty(), Optional.empty())).isTrue();
    assertThat(oom.shows(LEADER, Optional.of(new ExitNote(0, ShimStop.NONE)), Optional.empty()))
        .isFalse();
  }

  @Test
  void a_line_from_before_the_leader_s_birth_is_about_another_process() {
    OomEvidence oom = log("[  999.999999] Memory cgroup out of memory: Killed process 4711 (node)");

    assertThat(oom.shows(LEADER, KILLED, Optional.empty())).isFalse();
  }

  @Test
  void a_count_that_grew_counts_where_the_log_may_not_be_read() throws Exception {
    Path events = Files.writeString(directory.resolve("memory.events"), "oom 3\noom_kill 3\n");
    OomEvidence oom = new OomEvidence(List.of("false"));

    assertThat(oom.shows(LEADER, KILLED, Optional.of(new OomCount(events.toString(), 2)))).isTrue();
    assertThat(oom.shows(LEADER, KILLED, Optional.of(new OomCount(events.toString(), 3))))
        .isFalse();
    assertThat(oom.shows(LEADER, KILLED, Optional.empty())).isFalse();
  }

  @Test
  void a_log_that_names_nobody_outweighs_the_count() throws Exception {
    Path events = Files.writeString(directory.resolve("memory.events"), "oom_kill 3\n");

    assertThat(
            log("[ 1200.1] something else")
                .shows(LEADER, KILLED, Optional.of(new OomCount(events.toString(), 2))))
        .isFalse();
  }

  private static OomEvidence log(String line) {
    return new OomEvidence(List.of("echo", line));
  }
}
