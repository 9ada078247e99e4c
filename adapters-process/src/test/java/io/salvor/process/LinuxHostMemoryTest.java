package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.host.MemoryReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinuxHostMemoryTest {
  private static final long GIB = 1L << 30;

  @TempDir Path root;

  @BeforeEach
  void host() throws IOException {
    file(
        "proc/meminfo",
        "MemTotal:       16777216 kB\nMemFree: 1 kB\nMemAvailable:    8388608 kB\n");
    file("proc/self/cgroup", "0::/\n");
  }

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private MemoryReading read() {
    return new LinuxHostMemory(root).read();
  }

  @Test
  void a_host_without_limits_is_as_meminfo_says() {
    assertThat(read()).isEqualTo(new MemoryReading(8 * GIB, 16 * GIB, OptionalDouble.empty()));
  }

  @Test
  void the_pressure_is_told_where_the_kernel_tells_it() throws IOException {
    file(
        "proc/pressure/memory",
        "some avg10=1.25 avg60=0.10 avg300=0.00 total=9\nfull avg10=0.50\n");
    assertThat(read().stalledPercent()).hasValue(1.25);
  }

  @Test
  void the_tightest_group_on_the_way_up_counts() throws IOException {
    file("proc/self/cgroup", "0::/user/agents\n");
    file("sys/fs/cgroup/user/agents/memory.max", "max\n");
    file("sys/fs/cgroup/user/agents/memory.current", "5\n");
    file("sys/fs/cgroup/user/memory.max", Long.toString(4 * GIB));
    file("sys/fs/cgroup/user/memory.current", Long.toString(3 * GIB));
    file("sys/fs/cgroup/user/memory.stat", "anon 1\ninactive_file " + GIB + "\n");
    assertThat(read()).isEqualTo(new MemoryReading(2 * GIB, 4 * GIB, OptionalDouble.empty()));
  }

  @Test
  void a_container_of_the_first_version_sees_its_own_group_as_the_root() throws IOException {
    file("proc/self/cgroup", "9:name=systemd:/\n4:cpu,memory:/docker/abc\n0::/\n");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", Long.toString(2 * GIB));
    file("sys/fs/cgroup/memory/memory.usage_in_bytes", Long.toString(GIB));
    file("sys/fs/cgroup/memory/memory.stat", "total_inactive_file 0\n");
    assertThat(read()).isEqualTo(new MemoryReading(GIB, 2 * GIB, OptionalDouble.empty()));
  }

  @Test
  void no_limit_of_the_first_version_is_a_number_beyond_all_memory() throws IOException {
    file("proc/self/cgroup", "4:memory:/\n");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    file("sys/fs/cgroup/memory/memory.usage_in_bytes", Long.toString(GIB));
    assertThat(read().totalBytes()).isEqualTo(16 * GIB);
    assertThat(read().availableBytes()).isEqualTo(8 * GIB);
  }

  @Test
  void use_beyond_the_limit_leaves_nothing() throws IOException {
    file("sys/fs/cgroup/memory.max", "1000\n");
    file("sys/fs/cgroup/memory.current", "2000\n");
    assertThat(read()).isEqualTo(new MemoryReading(0, 1000, OptionalDouble.empty()));
  }

  @Test
  void this_host_can_be_read() {
    MemoryReading reading = new LinuxHostMemory().read();
    assertThat(reading.totalBytes()).isGreaterThan(100 << 20);
    assertThat(reading.availableBytes()).isPositive();
  }
}
