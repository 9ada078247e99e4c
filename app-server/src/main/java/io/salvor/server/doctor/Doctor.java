package io.salvor.server.doctor;

import io.salvor.server.config.Home;
import io.salvor.v1.DoctorReport;
import io.salvor.v1.Finding;
import io.salvor.v1.Finding.Level;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Looks at everything that a server needs, with a server and without, and mends what can be mended
/// without loss.
public final class Doctor {
  private static final Map<String, Check> CHECKS = new LinkedHashMap<>();

  static {
    CHECKS.put("home", PlaceChecks::home);
    CHECKS.put("configuration", PlaceChecks::configuration);
    CHECKS.put("permissions", PlaceChecks::permissions);
    CHECKS.put("lock", ServerChecks::lock);
    CHECKS.put("ports", ServerChecks::ports);
    CHECKS.put("sockets", ServerChecks::sockets);
    CHECKS.put("store", StoreChecks::store);
    CHECKS.put("chain", StoreChecks::chain);
    CHECKS.put("clock", StoreChecks::clock);
    CHECKS.put("backups", BackupChecks::backups);
    CHECKS.put("off-host", BackupChecks::offHost);
    CHECKS.put("disk", HostChecks::disk);
    CHECKS.put("memory", HostChecks::memory);
    CHECKS.put("git", HostChecks::git);
    CHECKS.put("agents", HostChecks::agents);
    CHECKS.put("workspaces", StoreChecks::workspaces);
    CHECKS.put("leftovers", PlaceChecks::leftovers);
    CHECKS.put("systemd", new SystemdCheck(SystemdCheck.SYSTEMCTL));
  }

  private final Home home;
  private final Map<String, String> environment;
  private final InstantSource clock;

  /// @param environment as a server started here would have it
  public Doctor(Home home, Map<String, String> environment, InstantSource clock) {
    this.home = home;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /// Names of all checks, in the order in which they are made.
  static List<String> names() {
    return List.copyOf(CHECKS.keySet());
  }

  /// Looks at everything.
  ///
  /// @param fix whether to mend what can be
  public DoctorReport examine(boolean fix) throws IOException, InterruptedException {
    var report = DoctorReport.newBuilder().setHome(home.root().toString());
    Level worst = Level.PASS;
    for (Map.Entry<String, Check> check : CHECKS.entrySet()) {
      Patient patient = Patient.of(home, environment, clock.instant());
      for (Result result : look(check.getValue(), patient)) {
        Finding finding = finding(check.getKey(), result, fix);
        report.addFindings(finding);
        if (!finding.getFixed() && finding.getLevelValue() > worst.getNumber()) {
          worst = finding.getLevel();
        }
      }
    }
    return report.setWorst(worst).build();
  }

  /// One check alone.
  static List<Result> look(String name, Patient patient) throws InterruptedException {
    return look(CHECKS.getOrDefault(name, _ -> List.of()), patient);
  }

  /// A check that fails must not hide what the others find.
  private static List<Result> look(Check check, Patient patient) throws InterruptedException {
    try {
      return check.look(patient);
    } catch (IOException | RuntimeException e) {
      return List.of(Result.fail("it could not be looked at: " + e, ""));
    }
  }

  private static Finding finding(String check, Result result, boolean fix) {
    var finding =
        Finding.newBuilder()
            .setCheck(check)
            .setLevel(result.level())
            .setSummary(result.summary())
            .setCommand(result.command())
            .setFixable(result.mending().isPresent());
    if (fix && result.mending().isPresent()) {
      try {
        result.mending().get().mend();
        finding.setFixed(true);
      } catch (IOException e) {
        finding.setSummary(result.summary() + "; it could not be mended: " + e.getMessage());
      }
    }
    return finding.build();
  }
}
