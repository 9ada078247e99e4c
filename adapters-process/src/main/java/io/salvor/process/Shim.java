package io.salvor.process;

import io.salvor.domain.agent.LaunchOrder;
import io.salvor.process.protocol.Installed;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Starts the shell script that starts an agent and outlives the server.
final class Shim {
  private static final String LOCALE = "LC_ALL";

  private final Path script;
  private final Tools tools;
  private final Host host;

  private Shim(Path script, Tools tools, Host host) {
    this.script = script;
    this.tools = tools;
    this.host = host;
  }

  /// Puts the script into `directory`.
  static Shim install(Path directory, Tools tools, Host host) throws IOException {
    Path script = Installed.in(directory, Shim.class, "shim", ".sh");
    return new Shim(script, tools, host);
  }

  /// Starts it, and returns when it has settled whether the agent starts; the answer is in the
  /// recorder's notes.
  void run(LaunchOrder order, Launch launch, FlightRecorder recorder) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(order, launch, recorder));
    builder.directory(recorder.folder().toFile());
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    builder.environment().put(LOCALE, "C");
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process shim = builder.start();
    try (InputStream settled = shim.getInputStream()) {
      int ignored = settled.read(); // a line, or the end where another shim has the ticket
    }
  }

  private List<String> command(LaunchOrder order, Launch launch, FlightRecorder recorder) {
    List<String> command = new ArrayList<>();
    command.add(tools.setsid().toString());
    command.add(tools.sh().toString());
    command.add(script.toString());
    command.add(order.workspace());
    command.add(recorder.lock().toString());
    command.add(seconds(order.limits().deadline()));
    command.add(host.bootId());
    command.add(FlightRecorder.marker(order.attempt()));
    command.add(host.umask());
    command.add(launch.environment().getOrDefault(LOCALE, ""));
    command.add(tools.setsid().toString());
    command.add(tools.flock().toString());
    command.add(tools.sleep().toString());
    command.add(tools.mv().toString());
    command.add(tools.wc().toString());
    command.addAll(launch.command());
    return command;
  }

  /// Whether a process is a shim of this recorder, by its arguments.
  static boolean isOf(ProcessEntry process, FlightRecorder recorder, String marker) {
    String arguments = process.arguments();
    return arguments.contains("/shim-")
        && arguments.contains("\0" + recorder.lock() + "\0")
        && arguments.contains("\0" + marker);
  }

  /// Of any deadline: what an old record says may have more milliseconds than can be counted.
  static String seconds(Duration deadline) {
    return BigDecimal.valueOf(deadline.toSeconds())
        .add(BigDecimal.valueOf(deadline.toMillisPart(), 3))
        .stripTrailingZeros()
        .toPlainString();
  }
}
