package io.salvor.server.doctor;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Installation;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.host.MemoryReading;
import io.salvor.process.AgentEnvironment;
import io.salvor.process.LinuxAgentPrograms;
import io.salvor.process.LinuxHostMemory;
import io.salvor.server.config.AgentBook.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the host has to offer.
final class HostChecks {
  private static final Pattern GIT =
      Pattern.compile("git version (\\d+)\\.(\\d+).*", Pattern.DOTALL);
  private static final int OLDEST_GIT = 2_038;
  private static final double GIB = 1L << 30;

  private HostChecks() {}

  static List<Result> disk(Patient patient) throws IOException {
    Path home = patient.home().root();
    if (!Files.exists(home)) {
      return List.of(Result.pass("there is no home yet"));
    }
    long reserve = patient.config().upkeep().reserveBytes();
    long free = Files.getFileStore(home).getUsableSpace();
    String left =
        String.format(Locale.ROOT, "%.1f GiB are free on the disk of the home", free / GIB);
    boolean ballastUsed =
        Files.exists(patient.database())
            && !Files.exists(patient.database().resolveSibling("ballast"));
    if (ballastUsed) {
      return List.of(
          Result.fail(
              left + ", and the space set aside for emergencies is in use",
              "make room: du -xh --max-depth=2 " + home));
    }
    if (free < reserve) {
      return List.of(
          Result.fail(left + ": no attempt begins", "make room: du -xh --max-depth=2 " + home));
    }
    return List.of(
        free < 2 * reserve
            ? Result.warn(left, "make room: du -xh --max-depth=2 " + home)
            : Result.pass(left));
  }

  static List<Result> memory(Patient patient) {
    MemoryReading reading = new LinuxHostMemory().read();
    String left =
        String.format(Locale.ROOT, "%.1f GiB could be used", reading.availableBytes() / GIB);
    return List.of(
        switch (MemoryBand.of(reading, patient.config().memory())) {
          case HEALTHY -> Result.pass(left);
          case APPROACHING -> Result.warn(left, "close what is not needed; salvor status");
          case CRITICAL ->
              Result.warn(
                  left + ": attempts begin one at a time",
                  "close what is not needed, or lower max_concurrent in config.toml");
        });
  }

  static List<Result> git(Patient patient) throws InterruptedException {
    String install = "install git 2.38 or later: sudo apt-get install git";
    try {
      var builder = new ProcessBuilder("git", "--version").redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(patient.environment());
      Path program = program("git", patient);
      builder.command().set(0, program.toString());
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      Matcher version = GIT.matcher(said);
      if (!version.matches()) {
        return List.of(
            Result.fail(program + " does not tell its version: " + said.strip(), install));
      }
      int number = Integer.parseInt(version.group(1)) * 1_000 + Integer.parseInt(version.group(2));
      return List.of(
          number < OLDEST_GIT
              ? Result.fail(said.strip() + " is too old", install)
              : Result.pass(said.strip()));
    } catch (IOException e) {
      return List.of(Result.fail("there is no git: " + e.getMessage(), install));
    }
  }

  private static Path program(String name, Patient patient) throws IOException {
    for (String folder : patient.environment().getOrDefault("PATH", "").split(":", -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return file;
      }
    }
    throw new IOException("none on the PATH");
  }

  static List<Result> agents(Patient patient) {
    if (!Files.isDirectory(patient.home().root())) {
      return List.of(Result.pass("they are looked for when there is a home"));
    }
    var programs =
        new LinuxAgentPrograms(
            patient.home().root(),
            new AgentEnvironment(patient.environment(), patient.config().passEnvironment()),
            patient.config().extras());
    var results = new ArrayList<Result>();
    boolean any = false;
    for (Recipe recipe : patient.config().agents().recipes()) {
      if (recipe.agent().isEmpty()) {
        continue;
      }
      Agent agent = recipe.agent().get();
      if (programs.find(agent).isEmpty() && !recipe.configured()) {
        continue;
      }
      Installation found = programs.check(agent);
      if (!found.lacks().isEmpty()) {
        Installation.Lack lack = found.lacks().getFirst();
        results.add(Result.warn(recipe.name() + ": " + lack.what(), lack.command()));
      } else {
        any = true;
        String version = found.version().map(it -> " " + it).orElse("");
        boolean known = found.seenVersions().isEmpty() || found.versionSeen();
        results.add(
            Result.pass(
                recipe.name()
                    + version
                    + (known ? "" : ", a version that Salvor was not tried with")));
      }
    }
    if (!any) {
      results.add(
          Result.warn(
              "no agent can run but programs that tasks bring along", "salvor agents check"));
    }
    return results;
  }
}
