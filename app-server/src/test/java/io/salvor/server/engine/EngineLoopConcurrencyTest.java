package io.salvor.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.salvor.domain.access.Actor;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.EnginePolicy;
import io.salvor.domain.engine.Input;
import io.salvor.domain.engine.Once;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.time.Now;
import io.salvor.records.MemoryRecordLog;
import io.salvor.records.StoreIdentity;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/// Callers from many threads are answered as if they had come one after the other, and an engine
/// that has ended leaves no thread behind.
class EngineLoopConcurrencyTest {
  private static final int ITERATIONS = Integer.getInteger("salvor.lincheck", 5);
  private static final Now NOW = Samples.START;

  /// What is asked at once from many threads.
  @Param(name = "seen", gen = IntGen.class, conf = "0:3")
  @Param(name = "request", gen = IntGen.class, conf = "0:1")
  public static final class Callers {
    private static final int LIVING = 20;
    private static final Deque<Engine> ENGINES = new ConcurrentLinkedDeque<>();

    private final Engine engine = new Engine();

    public Callers() {
      assertThat(engine.create()).isInstanceOf(Reply.Done.class);
      ENGINES.addLast(engine);
      if (ENGINES.size() > LIVING) {
        ENGINES.removeFirst().loop.stop();
      }
    }

    /// Says something where nobody has since; of two at once only one may.
    @Operation
    public String sayIfNobodyDid(int seen) {
      long revision = 1L + Math.floorMod(seen, 4);
      return said(
          engine.ask(
              new TaskCommand.Comment(Samples.id(1), "hm"),
              Optional.empty(),
              OptionalLong.of(revision)));
    }

    /// Says something once, however often it is asked.
    @Operation
    public String sayOnce(int request) {
      String id = "r-" + Math.floorMod(request, 2);
      return said(
          engine.ask(
              new TaskCommand.Comment(Samples.id(1), "once"),
              Optional.of(new Request(Samples.ANN, "Comment", id, "0".repeat(64))),
              OptionalLong.empty()));
    }

    private static String said(Reply reply) {
      return switch (reply) {
        case Reply.Done(_, var seq) -> "done at " + seq;
        case Reply.DoneBefore(_, var seq) -> "done before at " + seq;
        case Reply.Refused(var refusal) -> refusal.code().name();
        case Reply.Nothing _ -> "nothing";
      };
    }
  }

  /// What one caller after the other would be answered.
  public static final class OneByOne {
    private final TreeMap<String, Long> done = new TreeMap<>();
    private long seq = 1;

    public String sayIfNobodyDid(int seen) {
      if (seq != 1 + Math.floorMod(seen, 4)) {
        return "ETAG_MISMATCH";
      }
      seq++;
      return "done at " + seq;
    }

    public String sayOnce(int request) {
      String id = "r-" + Math.floorMod(request, 2);
      if (done.containsKey(id)) {
        return "done before at " + done.get(id);
      }
      seq++;
      done.put(id, seq);
      return "done at " + seq;
    }
  }

  /// A loop on a log in memory, which ends with those who ask it.
  private static final class Engine {
    private final EngineLoop loop;
    private final Thread thread;

    Engine() {
      var log = new MemoryRecordLog(new StoreIdentity(UUID.randomUUID(), 1));
      var core = new EngineCore(EnginePolicy.DEFAULT, log.restore());
      loop = new EngineLoop(core, log, EngineLoop.Effects.NONE, _ -> {}, _ -> {});
      thread = Thread.ofPlatform().daemon().name("loop-under-test").start(loop);
    }

    Reply create() {
      var create = new TaskCommand.Create(Samples.id(1), Samples.spec(), "brief", 0, false);
      return ask(create, Optional.empty(), OptionalLong.empty());
    }

    Reply ask(TaskCommand command, Optional<Request> request, OptionalLong etag) {
      var ask =
          new Input.Ask(
              new Actor("user:ann"),
              NOW,
              command,
              request.map(it -> new Once(it, 0, Optional.empty())),
              etag,
              List.<TaskId>of(command.task()));
      return loop.offer(ask).orTimeout(60, TimeUnit.SECONDS).join();
    }

    void end() throws InterruptedException {
      loop.stop();
      thread.join();
    }
  }

  @Test
  void calls_from_many_threads_are_answered_as_if_they_had_come_one_by_one_Z11_Z12() {
    new StressOptions()
        .iterations(ITERATIONS)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(1)
        .invocationsPerIteration(40)
        .sequentialSpecification(OneByOne.class)
        .check(Callers.class);
  }

  @Test
  void an_engine_that_has_ended_leaves_no_thread_behind() throws InterruptedException {
    long before = threads();
    for (int i = 0; i < 20; i++) {
      var engine = new Engine();
      engine.create();
      engine.end();
    }
    await().atMost(Duration.ofMinutes(2)).until(() -> threads() <= before);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it ->
            it.getName().startsWith("log-writer")
                || it.getName().startsWith("load-")
                || it.getName().equals("loop-under-test"))
        .count();
  }
}
