package io.salvor.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs the measurements that are named, or all of them; `--full` for the long ones, `--records=N`
/// for a history of another length.
public final class Main {
  static final Map<String, Measurement> MEASUREMENTS = new LinkedHashMap<>();

  static {
    MEASUREMENTS.put("appends", new Appends());
    MEASUREMENTS.put("noop", new NoopTasks());
    MEASUREMENTS.put("dispatch", new Dispatch());
    MEASUREMENTS.put("startup", new Startup());
    MEASUREMENTS.put("footprint", new Footprint());
    MEASUREMENTS.put("cli", new CommandLine());
    MEASUREMENTS.put("commands", new Commands());
    MEASUREMENTS.put("list", new LongList());
    MEASUREMENTS.put("live", new LiveView());
    MEASUREMENTS.put("backup", new CopyAndBack());
    MEASUREMENTS.put("point", new PointInTime());
    MEASUREMENTS.put("busy", new BusyBackup());
    MEASUREMENTS.put("growth", new Growth());
    MEASUREMENTS.put("archive", new Archived());
  }

  private static final String RECORDS = "--records=";

  private Main() {}

  /// Exit status 2 for a name that no measurement has.
  public static void main(String[] arguments) throws Exception {
    var names = new ArrayList<>(List.of(arguments));
    Scale scale = scale(names);
    if (!MEASUREMENTS.keySet().containsAll(names)) {
      System.err.println(
          "measurements: "
              + String.join(" ", MEASUREMENTS.keySet())
              + " [--full] [--records=1000000]");
      System.exit(2);
    }
    var report = new Report(System.out);
    for (String name : names.isEmpty() ? MEASUREMENTS.keySet() : names) {
      run(name, scale, report);
    }
  }

  private static Scale scale(List<String> words) {
    Scale scale = words.remove("--full") ? Scale.FULL : Scale.USUAL;
    Optional<String> history =
        words.stream().filter(it -> it.matches(RECORDS + "\\d{1,9}")).findFirst();
    history.ifPresent(words::remove);
    return history
        .map(it -> scale.withHistory(Integer.parseInt(it.substring(RECORDS.length()))))
        .orElse(scale);
  }

  static void run(String name, Scale scale, Report report) throws Exception {
    try (Scratch scratch = Scratch.make()) {
      System.setProperty("salvor.logs", scratch.root().toString());
      Measurement measurement = MEASUREMENTS.get(name);
      if (measurement == null) {
        throw new IllegalArgumentException("no measurement " + name);
      }
      measurement.run(scale, scratch, report);
    }
  }
}
