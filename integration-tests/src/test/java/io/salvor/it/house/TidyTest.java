package io.salvor.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a reader should never meet.
final class TidyTest {
  private static final int LONGEST_FILE = 500;

  private static final Pattern PUT_OFF = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  private static final Pattern SLEEP = Pattern.compile("\\b(Thread|\\w*SECONDS)\\.sleep\\(");
  private static final Pattern SKIPPED = Pattern.compile("@Dis" + "abled\\b");
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(^|[^\\w.])/(wo" + "rk/(main|shared)|ro" + "ot/|tmp/w" + "t)");

  /// Where nothing gives a signal that could be waited for, and why.
  private static final Set<String> MAY_PAUSE =
      Set.of(
          // the kernel tells nobody that a process which is not one's child has ended
          "Pause.java",
          // a file lock has no wait with an end
          "ProjectLocks.java",
          // a socket that is not there yet
          "Reconnect.java");

  @Test
  void no_file_is_so_long_that_it_must_have_two_duties() {
    assertThat(Sources.main().filter(it -> Sources.read(it).size() > LONGEST_FILE)).isEmpty();
  }

  @Test
  void nothing_is_put_off() {
    assertThat(Sources.lines(Sources.all().stream(), line -> PUT_OFF.matcher(line).find()))
        .isEmpty();
  }

  @Test
  void nothing_sleeps_where_a_signal_could_be_waited_for() {
    List<String> sleeps =
        Sources.lines(
            Sources.main()
                .filter(it -> it.endsWith(".java"))
                .filter(it -> !MAY_PAUSE.contains(it.substring(it.lastIndexOf('/') + 1))),
            line -> SLEEP.matcher(line).find());
    assertThat(sleeps).isEmpty();
  }

  /// On a JDK 25 a virtual thread that waits for a class to be loaded keeps its carrier. With as
  /// many of them as carriers, whoever was given the lock of a jar never runs again, nor does the
  /// server.
  @Test
  void the_server_runs_on_platform_threads_alone() {
    assertThat(
            Sources.lines(
                Sources.main().filter(it -> it.endsWith(".java") && !it.startsWith("benchmarks/")),
                line -> line.replace("VirtualMachineError", "").contains("Virtual")))
        .isEmpty();
  }

  @Test
  void no_test_is_switched_off() {
    assertThat(Sources.lines(Sources.all().stream(), line -> SKIPPED.matcher(line).find()))
        .isEmpty();
  }

  @Test
  void no_path_of_the_machine_on_which_it_was_written_is_left() {
    assertThat(Sources.lines(Sources.all().stream(), line -> THIS_MACHINE.matcher(line).find()))
        .isEmpty();
  }

  @Test
  void every_package_says_what_it_is_for_and_that_it_is_free_of_nulls() {
    Set<String> folders =
        Sources.main()
            .filter(it -> it.endsWith(".java") && it.contains("/java/io/salvor/"))
            .map(it -> it.substring(0, it.lastIndexOf('/')))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(folders)
        .allSatisfy(folder ->
            assertThat(String.join("\n", Sources.read(folder + "/package-info.java")))
                .contains("///")
                .contains("@NullMarked"));
  }

  @Test
  void the_store_and_its_lock_are_named_in_their_adapter_alone() {
    Pattern store =
        Pattern.compile("\"salvor\\.db|\"run/lock\"|run\\(?\\)?\\.resolve\\(\"lock\"\\)");
    assertThat(
            Sources.lines(
                Sources.main()
                    .filter(it -> it.endsWith(".java"))
                    .filter(it -> !it.startsWith("adapters-sqlite/"))
                    // compares it with what others have open, and has no other way to know it
                    .filter(it -> !it.endsWith("/LockHolder.java")),
                line -> store.matcher(line).find()))
        .isEmpty();
  }

  @Test
  void no_name_says_nothing() {
    Pattern empty =
        Pattern.compile("\\b(class|interface|record|enum) \\w+(Impl|Manager|Helper|Util|Utils)\\b");
    assertThat(
            Sources.lines(
                Sources.main().filter(it -> it.endsWith(".java")),
                line -> empty.matcher(line).find()))
        .isEmpty();
  }
}
