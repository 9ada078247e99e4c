package io.salvor.server.engine;

import io.salvor.domain.admission.Admission;
import io.salvor.domain.engine.Answer;
import io.salvor.domain.engine.Effect;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.Input;
import io.salvor.domain.engine.Wanted;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Instance;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.server.engine.LogWriter.Written;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one loop through which everything goes: it takes inputs, has the core decide, hands the
/// decisions to the writer in groups, and answers and starts effects when they are durable. The
/// core belongs to its thread alone.
public final class EngineLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(EngineLoop.class);

  /// Inputs decided about before the writer is looked after again.
  private static final int BATCH = 1024;

  private static final int LOADERS = 4;
  private static final int IDLE_SECONDS = 10;

  private final EngineCore core;
  private final RecordLog records;
  private final Effects effects;
  private final Consumer<Long> published;
  private final Consumer<Throwable> broken;
  private final LogWriter writer;
  private final Thread writerThread;
  private final LinkedBlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
  private final ExecutorService loading = loaders();

  private volatile Instance instance;
  private volatile Admission admission;
  private volatile long durableSeq;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private List<Decision> unwritten = new ArrayList<>();
  private boolean writing;

  /// @param published told, on the loop's thread, up to which seq the log is durable
  /// @param broken told once if the log refuses a decision as impossible: the process must end
  public EngineLoop(
      EngineCore core,
      RecordLog records,
      Effects effects,
      Consumer<Long> published,
      Consumer<Throwable> broken) {
    this.core = core;
    this.records = records;
    this.effects = effects;
    this.published = published;
    this.broken = broken;
    this.instance = core.instance();
    this.admission = core.admission();
    this.durableSeq = core.durableSeq();
    this.writer = new LogWriter(records, written -> inbox.add(new Message.Wrote(written)));
    this.writerThread = Thread.ofPlatform().name("log-writer").daemon().unstarted(writer);
  }

  /// Starts effects; called on the loop's thread.
  public interface Effects {
    /// Starts what is to be done now, after what is being done for the same task.
    ///
    /// @param afterStart whether the server found it wanted when it started
    void start(Effect effect, boolean afterStart);

    /// Ends what is being done for a task that wants nothing any more, where it may be cut short.
    void cutShort(TaskId task);

    /// Does nothing in the world.
    Effects NONE =
        new Effects() {
          @Override
          public void start(Effect effect, boolean afterStart) {}

          @Override
          public void cutShort(TaskId task) {}
        };
  }

  private sealed interface Message {
    record Offer(Input input, CompletableFuture<Reply> reply) implements Message {}

    record Wrote(Written written) implements Message {}

    record Reconcile(boolean afterStart) implements Message {}

    record Look<T>(Function<EngineCore, T> question, CompletableFuture<T> answer)
        implements Message {
      void answer(EngineCore core) {
        answer.complete(question.apply(core));
      }
    }

    record Stop() implements Message {}
  }

  /// Somebody who is answered when `seq` is durable.
  private record Waiting(long seq, CompletableFuture<Reply> future, Reply reply) {}

  /// Offers an input. The future completes when all that the reply rests on is durable, or fails
  /// with [LogUnavailable], and then nothing of it was kept.
  public CompletableFuture<Reply> offer(Input input) {
    var reply = new CompletableFuture<Reply>();
    inbox.add(new Message.Offer(input, reply));
    return reply;
  }

  /// Offers an input to which nobody waits for a reply.
  public void tell(Input input) {
    inbox.add(new Message.Offer(input, new CompletableFuture<>()));
  }

  /// Asks the core something between two inputs; `question` must not change it.
  public <T> CompletableFuture<T> look(Function<EngineCore, T> question) {
    var answer = new CompletableFuture<T>();
    inbox.add(new Message.Look<>(question, answer));
    return answer;
  }

  /// The instance as it durably is.
  public Instance instance() {
    return instance;
  }

  /// Seq of the last record that is durable.
  public long durableSeq() {
    return durableSeq;
  }

  /// Who may begin, as it was a moment ago.
  public Admission admission() {
    return admission;
  }

  /// Has everything started that the durable state wants and nobody does.
  ///
  /// @param afterStart whether this is the first time since the server started
  public void reconcile(boolean afterStart) {
    inbox.add(new Message.Reconcile(afterStart));
  }

  /// Ends the process, which cannot go on; from any thread.
  public void endBroken(Throwable cause) {
    try {
      log.error("this server met what must not be; the process ends, agents run on", cause);
    } finally {
      broken.accept(cause);
    }
  }

  /// Ends the loop after what was offered before; what is being written is written first.
  public void stop() {
    inbox.add(new Message.Stop());
  }

  @Override
  public void run() {
    writerThread.start();
    try {
      var messages = new ArrayList<Message>(BATCH);
      boolean stopping = false;
      while (!stopping || writing || !unwritten.isEmpty()) {
        messages.clear();
        messages.add(inbox.take());
        inbox.drainTo(messages, BATCH - 1);
        for (Message message : messages) {
          stopping |= message instanceof Message.Stop;
          handle(message);
        }
        write();
        admission = core.admission();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      endBroken(e);
    } finally {
      writerThread.interrupt();
    }
  }

  private void handle(Message message) {
    switch (message) {
      case Message.Offer(var input, var reply) -> decide(input, reply);
      case Message.Wrote(Written.Durable(var seq)) -> durable(seq);
      case Message.Wrote(Written.Failed(var cause)) -> failed(cause);
      case Message.Wrote(Written.Broken(var cause)) ->
          throw new IllegalStateException("the log does not take what was decided", cause);
      case Message.Reconcile(var afterStart) ->
          core.reconcile().forEach(effect -> effects.start(effect, afterStart));
      case Message.Look<?> look -> look.answer(core);
      case Message.Stop _ -> {}
    }
  }

  private void decide(Input input, CompletableFuture<Reply> reply) {
    switch (core.offer(input)) {
      case Answer.Decided(var decision, var task) -> {
        unwritten.add(decision);
        waiting.add(
            new Waiting(decision.lastSeq(), reply, new Reply.Done(task, decision.lastSeq())));
      }
      case Answer.Repeated(var task, var seq) ->
          answer(seq, reply, new Reply.DoneBefore(task, seq));
      case Answer.Refused(var refusal, var asOf) -> answer(asOf, reply, new Reply.Refused(refusal));
      case Answer.Nothing(var why, var asOf) -> answer(asOf, reply, new Reply.Nothing(why));
      case Answer.Outdated _ -> reply.completeExceptionally(tooMuchAtOnce());
      case Answer.Missing(var tasks) -> load(tasks, (Input.Ask) input, reply);
    }
  }

  private static LogUnavailable tooMuchAtOnce() {
    return new LogUnavailable(
        LogUnavailable.Kind.BUSY,
        "so much is asked at once that it cannot be told whether this request was carried out",
        "ask again with the same request_id");
  }

  private void answer(long asOf, CompletableFuture<Reply> future, Reply reply) {
    if (asOf <= core.durableSeq()) {
      future.complete(reply);
    } else {
      waiting.add(new Waiting(asOf, future, reply));
    }
  }

  /// Reads closed threads beside the loop and comes back with what was found.
  private void load(List<TaskId> tasks, Input.Ask ask, CompletableFuture<Reply> reply) {
    loading.execute(() -> {
      try {
        var closed = new ArrayList<OpenThread>();
        var absent = new ArrayList<>(ask.absent());
        for (TaskId task : tasks) {
          records.load(task).ifPresentOrElse(closed::add, () -> absent.add(task));
        }
        inbox.add(new Message.Offer(ask.knowing(closed, absent), reply));
      } catch (RuntimeException | Error e) {
        reply.completeExceptionally(e);
        endIfLost(e);
      }
    });
  }

  private void endIfLost(Throwable cause) {
    if (Soundness.isLost(cause)) {
      endBroken(cause);
    }
  }

  /// Starting a thread takes the loop longer than deciding does: a few are kept while there is
  /// something to read.
  private static ExecutorService loaders() {
    var loaders =
        new ThreadPoolExecutor(
            LOADERS,
            LOADERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("load-", 0).daemon().factory());
    loaders.allowCoreThreadTimeOut(true);
    return loaders;
  }

  private void durable(long seq) {
    writing = false;
    durableSeq = seq;
    Wanted wanted = core.durableUpTo(seq);
    instance = core.instance();
    admission = core.admission();
    while (!waiting.isEmpty() && waiting.getFirst().seq() <= seq) {
      Waiting next = waiting.removeFirst();
      next.future().complete(next.reply());
    }
    published.accept(seq);
    wanted.noLonger().forEach(effects::cutShort);
    wanted.now().forEach(effect -> effects.start(effect, false));
  }

  private void failed(LogUnavailable cause) {
    log.error("the log did not take a batch: {} ({})", cause.getMessage(), cause.hint());
    writing = false;
    core.forgetUndurable();
    unwritten = new ArrayList<>();
    waiting.forEach(it -> it.future().completeExceptionally(cause));
    waiting.clear();
  }

  private void write() throws InterruptedException {
    if (!writing && !unwritten.isEmpty()) {
      writing = true;
      writer.write(unwritten);
      unwritten = new ArrayList<>();
    }
  }
}
