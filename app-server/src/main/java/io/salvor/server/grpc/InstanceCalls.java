package io.salvor.server.grpc;

import io.grpc.stub.StreamObserver;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.host.HostMemory;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.task.Attempt;
import io.salvor.domain.task.Task;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.host.OwnMemory;
import io.salvor.v1.GetConfigRequest;
import io.salvor.v1.GetConfigResponse;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.OpenAttempt;
import io.salvor.v1.RebuildStoreRequest;
import io.salvor.v1.RebuildStoreResponse;
import io.salvor.v1.StopServerRequest;
import io.salvor.v1.StopServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// InstanceService. Each call has a thread of its own.
final class InstanceCalls extends InstanceServiceGrpc.InstanceServiceImplBase {
  private final Instance instance;
  private final EngineLoop engine;
  private final Clock clock;
  private final StoreReads store;
  private final HostMemory memory;

  InstanceCalls(
      Instance instance, EngineLoop engine, Clock clock, StoreReads store, HostMemory memory) {
    this.memory = memory;
    this.instance = instance;
    this.engine = engine;
    this.clock = clock;
    this.store = store;
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<InstanceStatus> observer) {
    Call.unary(observer, this::status);
  }

  private InstanceStatus status() throws InterruptedException {
    Optional<String> problem = instance.problem();
    var status =
        InstanceStatus.newBuilder()
            .setVersion(instance.version())
            .setLineage(store.lineage())
            .setHome(instance.home())
            .setPid(ProcessHandle.current().pid())
            .setStartTime(Names.time(instance.startedAt()))
            .setStatusTime(Names.time(clock.now().wall()))
            .setAddresses(instance.addresses())
            .setRecords(store.lastSeq())
            .addAllTasks(store.counts())
            .addAllOpenAttempts(openAttempts())
            .setMaxConcurrent(instance.maxConcurrent())
            .setHealthy(problem.isEmpty())
            .setDraining(instance.draining())
            .setMemory(MemoryMessages.of(memory.read()))
            .setProcessMemory(MemoryMessages.of(OwnMemory.now()));
    problem.ifPresent(status::addProblems);
    return status.build();
  }

  private List<OpenAttempt> openAttempts() throws InterruptedException {
    return look(core ->
            core.openTasks().stream()
                .map(OpenThread::task)
                .filter(task -> task.kind().holdsSlot())
                .toList())
        .stream()
        .map(InstanceCalls::message)
        .toList();
  }

  private <T> T look(java.util.function.Function<EngineCore, T> question)
      throws InterruptedException {
    try {
      return engine.look(question).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the engine did not answer", e.getCause());
    }
  }

  private static OpenAttempt message(Task task) {
    Attempt attempt = task.attempt().orElseThrow();
    return OpenAttempt.newBuilder()
        .setName(Names.attempt(task.id(), attempt.ref().number()))
        .setDisplayId(task.display().toString())
        .setTitle(task.spec().title())
        .setNumber(attempt.ref().number())
        .setAgent(task.spec().agent().name())
        .setTaskState(TaskMessages.state(task.kind()))
        .setPid(AttemptMessages.pid(task))
        .setStartTime(Names.time(attempt.claimedAt()))
        .build();
  }

  @Override
  public void stopServer(StopServerRequest request, StreamObserver<StopServerResponse> observer) {
    Call.unary(
        observer,
        () -> {
          var response =
              StopServerResponse.newBuilder()
                  .setPid(ProcessHandle.current().pid())
                  .addAllOpenAttempts(openAttempts())
                  .build();
          instance.stop(
              switch (request.getMode()) {
                case DRAIN -> Instance.StopMode.DRAIN;
                case CANCEL -> Instance.StopMode.CANCEL;
                case MODE_UNSPECIFIED, UNRECOGNIZED -> Instance.StopMode.LEAVE;
              });
          return response;
        });
  }

  @Override
  public void getConfig(GetConfigRequest request, StreamObserver<GetConfigResponse> observer) {
    Call.unary(observer, () -> SettingMessages.of(instance.settings()));
  }

  @Override
  public void rebuildStore(
      RebuildStoreRequest request, StreamObserver<RebuildStoreResponse> observer) {
    Call.unary(observer, () -> store.rebuild(request.getCheck()));
  }
}
