package io.salvor.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs the measurements that are named, or all of them; `--full` for the long ones.
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
  }

  private Main() {}

  /// Exit status 2 for a name that no measurement has.
  public static void main(String[] arguments) throws Exception {
    var names = new ArrayList<>(List.of(arguments));
    Scale scale = names.remove("--full") ? Scale.FULL : Scale.USUAL;
    if (!MEASUREMENTS.keySet().containsAll(names)) {
      System.err.println("measurements: " + String.join(" ", MEASUREMENTS.keySet()) + " [--full]");
      System.exit(2);
    }
    var report = new Report(System.out);
    for (String name : names.isEmpty() ? MEASUREMENTS.keySet() : names) {
      run(name, scale, report);
    }
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
