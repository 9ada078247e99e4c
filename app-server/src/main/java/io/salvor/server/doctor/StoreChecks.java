package io.salvor.server.doctor;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.text.ShellWord;
import io.salvor.server.backup.StoreGuard;
import io.salvor.server.upkeep.ClockWatch;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The store, as far as it can be looked at in a moment; `salvor store check` reads all of it.
final class StoreChecks {
  private static final int TAIL = 2_000;
  private static final String REPAIR = "salvor store repair";

  private StoreChecks() {}

  static List<Result> store(Patient patient) throws IOException {
    if (!Files.isDirectory(patient.home().root())) {
      return List.of(Result.pass("there is none yet"));
    }
    Optional<StoreGuard.Objection> objection =
        new StoreGuard(patient.home(), patient.vault()).objection();
    if (objection.isPresent()) {
      String stop = patient.serverRuns() ? "salvor stop && " : "";
      return List.of(Result.fail(objection.get().what(), stop + objection.get().hint()));
    }
    if (!patient.hasStore()) {
      return List.of(Result.pass("there is none yet"));
    }
    try (var copy = StoreCopy.open(patient.database())) {
      int schema = copy.schema();
      if (schema > SqliteStore.VERSION) {
        return List.of(
            Result.fail(
                "the store has version " + schema + ", newer than this Salvor",
                "install the Salvor that wrote it  (see docs/upgrade.md)"));
      }
      return List.of(
          Result.pass(
              copy.head().seq()
                  + " records"
                  + (schema < SqliteStore.VERSION
                      ? ", of version " + schema + ": the next start brings it up to date"
                      : "")));
    }
  }

  static List<Result> chain(Patient patient) throws IOException {
    if (!patient.hasStore()) {
      return List.of(Result.pass("there is no log yet"));
    }
    try (var copy = StoreCopy.open(patient.database())) {
      return List.of(
          copy.tailProblem(TAIL)
              .map(it -> Result.fail(it, REPAIR))
              .orElseGet(() ->
                  Result.pass(
                      "the last " + TAIL + " records hold; all of it: salvor store check")));
    } catch (LogUnavailable | StoreRefused | IllegalStateException e) {
      return List.of(Result.fail("the log cannot be read: " + e.getMessage(), REPAIR));
    }
  }

  static List<Result> clock(Patient patient) throws IOException {
    if (!patient.hasStore()) {
      return List.of(Result.pass("there is no log to compare it with"));
    }
    try (var copy = StoreCopy.open(patient.database())) {
      return List.of(
          ClockWatch.behind(copy.lastAt(), patient.now())
              .map(it -> Result.fail(it, ClockWatch.MEND))
              .orElseGet(() -> Result.pass("it is not behind the log")));
    } catch (LogUnavailable | StoreRefused | IllegalStateException e) {
      return List.of(Result.pass("the log cannot be read; see store"));
    }
  }

  static List<Result> workspaces(Patient patient) throws IOException {
    if (!patient.hasStore()) {
      return List.of(Result.pass("there are none yet"));
    }
    try (var copy = StoreCopy.open(patient.database())) {
      Map<String, List<DisplayId>> projects = copy.unmerged();
      var results = new ArrayList<Result>();
      projects.forEach((project, tasks) -> {
        if (!Files.isDirectory(Path.of(project))) {
          results.add(
              Result.warn(
                  project + " is gone, with the work of " + tasks,
                  "git clone URL " + ShellWord.of(project) + ", then salvor backup restore"));
        }
      });
      return results.isEmpty()
          ? List.of(Result.pass("unmerged work in " + projects.size() + " projects, all there"))
          : results;
    } catch (LogUnavailable | StoreRefused | IllegalStateException e) {
      return List.of(Result.pass("the list of tasks cannot be read; see store"));
    }
  }
}
