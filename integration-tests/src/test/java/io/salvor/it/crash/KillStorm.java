package io.salvor.it.crash;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Kills a server again and again, at random instants of its life, while customers keep twenty
/// scripted attempts under way. The last server is left alive.
final class KillStorm {
  private static final int CUSTOMERS = 4;
  private static final int ATTEMPTS = 20;
  private static final int PROJECTS = 4;

  /// A server lives at most this long after it answers.
  private static final int LONGEST_LIFE_MILLIS = 2000;

  /// A server that is killed before it answers lives at most this long.
  private static final int LONGEST_START_MILLIS = 1200;

  private final Bench bench;
  private final Random random;
  private final Ledger ledger = new Ledger();
  private final List<Throwable> complaints = new ArrayList<>();
  private int killedWhileStarting;

  KillStorm(Bench bench, long seed) {
    this.bench = bench;
    this.random = new Random(seed);
  }

  /// The settings that a storm needs.
  static String configuration() {
    return "max_concurrent = " + ATTEMPTS + "\n";
  }

  /// Kills so often, then lets a last server live.
  void run(int kills) throws InterruptedException {
    bench.start();
    var over = new CountDownLatch(1);
    List<Thread> customers = customers(over);
    for (int i = 0; i < kills; i++) {
      rest(random.nextInt(LONGEST_LIFE_MILLIS));
      bench.killServer();
      while (random.nextInt(4) == 0 && i + 1 < kills) {
        killWhileStarting();
        i++;
      }
      bench.start();
    }
    over.countDown();
    for (Thread customer : customers) {
      customer.join();
    }
  }

  Ledger ledger() {
    return ledger;
  }

  /// What went wrong for a customer.
  List<Throwable> complaints() {
    synchronized (complaints) {
      return List.copyOf(complaints);
    }
  }

  int killedWhileStarting() {
    return killedWhileStarting;
  }

  Path notes() {
    return bench.folder().resolve("notes");
  }

  private void killWhileStarting() throws InterruptedException {
    Process server = ServerProcess.launch(bench.home(), ServerProcess.Surroundings.PLAIN);
    rest(random.nextInt(LONGEST_START_MILLIS));
    server.destroyForcibly().waitFor();
    killedWhileStarting++;
  }

  private List<Thread> customers(CountDownLatch over) {
    notes().toFile().mkdir();
    List<ScratchProject> projects = Stream.generate(bench::project).limit(PROJECTS).toList();
    var scene = new Customer.Scene(bench.server().address().socket(), notes(), projects);
    var threads = new ArrayList<Thread>();
    for (int i = 1; i <= CUSTOMERS; i++) {
      var customer =
          new Customer(i, scene, new Random(random.nextLong()), ledger, ATTEMPTS / CUSTOMERS, over);
      threads.add(
          Thread.ofPlatform()
              .name("customer-" + i)
              .uncaughtExceptionHandler((_, e) -> complain(e))
              .start(customer));
    }
    return threads;
  }

  private void complain(Throwable e) {
    synchronized (complaints) {
      complaints.add(e);
    }
  }

  private static void rest(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /// Lines that agents wrote down; empty where none did.
  static List<String> lines(Path file) throws java.io.IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
