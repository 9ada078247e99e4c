package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z11: seen from the kernel, since no kill can show what a loss of power would.
final class DurabilityTest {
  private static final int ACKNOWLEDGEMENTS = 25;

  @TempDir private Path directory;

  @Test
  void each_acknowledgement_comes_after_the_sync_of_what_it_acknowledges() throws Exception {
    assumeTrue(canTrace());
    Path trace = directory.resolve("trace");
    var command = new ArrayList<>(List.of("strace", "-ff", "-y", "-o", trace.toString()));
    command.addAll(List.of("-e", "trace=pwrite64,fsync,fdatasync,write"));
    command.addAll(
        ChildJvm.command(
            KillTest.Appending.class, List.of(directory.resolve("home").toString(), "41")));
    Process traced = new ProcessBuilder(command).start();
    try (BufferedReader lines = traced.inputReader()) {
      for (int i = 0; i < ACKNOWLEDGEMENTS; i++) {
        assertThat(lines.readLine()).isNotNull();
      }
    } finally {
      traced.descendants().forEach(ProcessHandle::destroyForcibly);
      traced.waitFor();
    }
    assertThat(acknowledgementsAfterSync(writersCalls(trace)))
        .isGreaterThanOrEqualTo(ACKNOWLEDGEMENTS);
  }

  /// Fails where something is said while what was written to the log is not synced.
  private static int acknowledgementsAfterSync(List<String> calls) {
    int acknowledged = 0;
    int synced = 0;
    boolean unsynced = false;
    for (String call : calls) {
      if (call.startsWith("pwrite64(") && call.contains("salvor.db-wal>")) {
        unsynced = true;
      } else if (call.matches("f(data)?sync\\(.*salvor\\.db-wal>.*= 0")) {
        unsynced = false;
        synced++;
      } else if (call.startsWith("write(1<")) {
        assertThat(unsynced).as("unsynced at " + call).isFalse();
        acknowledged++;
        assertThat(synced).as("syncs before " + call).isGreaterThanOrEqualTo(acknowledged);
      }
    }
    return acknowledged;
  }

  /// Each thread has a file of its own; the writer's is the one that speaks of the log.
  private static List<String> writersCalls(Path trace) throws IOException {
    try (Stream<Path> files = Files.list(trace.getParent())) {
      for (Path file : files.filter(it -> it.toString().startsWith(trace + ".")).toList()) {
        List<String> calls = Files.readAllLines(file);
        if (calls.stream().anyMatch(it -> it.contains("salvor.db-wal>"))) {
          return calls;
        }
      }
    }
    return List.of();
  }

  private static boolean canTrace() throws InterruptedException {
    try {
      var probe = new ProcessBuilder("strace", "-e", "trace=none", "true");
      return probe.redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
