package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.WatchOrder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Z11: a full disk is an orderly state. Needs the right to mount; skipped with a message where it
/// is missing.
@Timeout(60)
final class DiskFullTest {
  @TempDir private Path directory;
  private Bench bench;
  private boolean mounted;

  @BeforeEach
  void mountSmallDisk() throws Exception {
    bench = new Bench(directory);
    Files.createDirectories(bench.home);
    mounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", bench.home.toString()) == 0;
    assumeTrue(mounted, "skipped: no right to mount a small disk here");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      bench.endAll();
      run("umount", "-l", bench.home.toString());
    }
  }

  @Test
  void a_start_on_a_full_disk_is_refused_by_that_name() throws Exception {
    AgentProcesses processes = bench.processes();
    fill();

    Spawn spawn = processes.spawn(bench.order("true"));

    assertThat(spawn).isInstanceOf(Spawn.Refused.class);
    assertThat(((Spawn.Refused) spawn).problem().kind()).isEqualTo(Spawn.Kind.DISK_FULL);
    Files.delete(bench.home.resolve("filler"));
  }

  @Test
  void an_ending_needs_no_room_and_its_status_is_kept() throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order =
        bench.order("setsid sleep 600 & echo '{\"salvor\":\"reload\"}'; exec sleep 600");
    ProcessIdentity process = Bench.started(processes, order);
    Heard heard = new Heard(0).wanting(1);
    processes.watch(new WatchOrder(order.attempt(), order.agent(), process, 0), heard);
    fill();

    Evidence evidence = Bench.ended(processes, order, heard);

    assertThat(evidence.exit()).isEqualTo(new Exit.Status(143, false));
    assertThat(evidence.outputAtStop()).isEqualTo(heard.until());
  }

  private void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream filler = Files.newOutputStream(bench.home.resolve("filler"))) {
      while (true) {
        filler.write(block);
      }
    } catch (IOException e) {
      assertThat(Files.getFileStore(bench.home).getUsableSpace()).isZero();
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(List.of(command))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
