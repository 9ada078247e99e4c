package io.salvor.server.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether a unit that the server runs in lets its agents outlive it.
final class SystemdCheck implements Check {
  static final Path SYSTEMCTL = Path.of("/usr/bin/systemctl");

  private static final Pattern UNIT = Pattern.compile("([^/]+\\.service)(/.*)?$");

  private final Path systemctl;

  SystemdCheck(Path systemctl) {
    this.systemctl = systemctl;
  }

  @Override
  public List<Result> look(Patient patient) throws IOException, InterruptedException {
    Optional<String> group =
        patient.servers().stream().findFirst().flatMap(it -> group(patient, it));
    Optional<String> unit = group.flatMap(SystemdCheck::unit);
    if (unit.isEmpty() || !Files.isExecutable(systemctl)) {
      return List.of(Result.pass("no unit of systemd runs the server"));
    }
    boolean ofUser = group.get().contains("/user@");
    String edit =
        "systemctl " + (ofUser ? "--user " : "") + "edit " + unit.get() + ", and there [Service] ";
    Properties said = ask(unit.get(), ofUser);
    var results = new ArrayList<Result>();
    if (!List.of("process", "mixed").contains(said.getProperty("KillMode", "control-group"))
        || said.getProperty("KillMode", "").equals("mixed")) {
      results.add(
          Result.fail(
              unit.get()
                  + " has KillMode="
                  + said.getProperty("KillMode", "control-group")
                  + ": its stop ends the agents too",
              edit + "KillMode=process"));
    }
    if (said.getProperty("OOMPolicy", "").equals("stop")) {
      results.add(
          Result.warn(
              unit.get() + " has OOMPolicy=stop: one agent out of memory ends the server",
              edit + "OOMPolicy=continue"));
    }
    if (said.getProperty("Restart", "no").equals("no")) {
      results.add(
          Result.warn(
              unit.get() + " has Restart=no: nobody starts a server that was killed",
              edit + "Restart=on-failure"));
    }
    return results.isEmpty()
        ? List.of(Result.pass(unit.get() + " leaves agents alone and restarts the server"))
        : results;
  }

  private static Optional<String> group(Patient patient, long pid) {
    try {
      return Optional.of(
          Files.readString(patient.proc().resolve(Long.toString(pid)).resolve("cgroup")).strip());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static Optional<String> unit(String group) {
    Matcher matcher = UNIT.matcher(group);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private Properties ask(String unit, boolean ofUser) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(systemctl.toString()));
    if (ofUser) {
      command.add("--user");
    }
    command.addAll(List.of("show", "--property=KillMode,OOMPolicy,Restart", unit));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new Properties();
    said.load(
        new java.io.StringReader(
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
    process.waitFor();
    return said;
  }
}
