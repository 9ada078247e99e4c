package io.salvor.server.grpc;

import io.grpc.stub.StreamObserver;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.host.OwnMemory;
import io.salvor.server.limits.Notices;
import io.salvor.v1.CheckStoreRequest;
import io.salvor.v1.CheckStoreResponse;
import io.salvor.v1.FreezeInstanceRequest;
import io.salvor.v1.FreezeInstanceResponse;
import io.salvor.v1.GetConfigRequest;
import io.salvor.v1.GetConfigResponse;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.RebuildStoreRequest;
import io.salvor.v1.RebuildStoreResponse;
import io.salvor.v1.StopServerRequest;
import io.salvor.v1.StopServerResponse;
import io.salvor.v1.UnfreezeInstanceRequest;
import io.salvor.v1.UnfreezeInstanceResponse;
import java.util.Optional;

/// InstanceService. Each call has a thread of its own.
final class InstanceCalls extends InstanceServiceGrpc.InstanceServiceImplBase {
  private final Instance instance;
  private final EngineLoop engine;
  private final Clock clock;
  private final StoreReads store;
  private final MemoryMessages memory;
  private final OpenAttempts attempts;
  private final Freezing freezing;

  InstanceCalls(
      Instance instance,
      EngineLoop engine,
      Clock clock,
      StoreReads store,
      MemoryMessages memory,
      Freezing freezing) {
    this.memory = memory;
    this.instance = instance;
    this.engine = engine;
    this.clock = clock;
    this.store = store;
    this.attempts = new OpenAttempts(engine);
    this.freezing = freezing;
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
            .setStoreEpoch(store.epoch())
            .setHome(instance.home())
            .setPid(ProcessHandle.current().pid())
            .setStartTime(Names.time(instance.startedAt()))
            .setStatusTime(Names.time(clock.now().wall()))
            .setAddresses(instance.addresses())
            .setRecords(store.lastSeq())
            .addAllTasks(store.counts())
            .addAllOpenAttempts(attempts.now())
            .setMaxConcurrent(instance.maxConcurrent())
            .setHealthy(problem.isEmpty())
            .setDraining(instance.draining())
            .setExitsWhenIdle(instance.exitsWhenIdle())
            .setMemory(memory.now())
            .setProcessMemory(MemoryMessages.of(OwnMemory.now()));
    problem.ifPresent(status::addProblems);
    status.addAllProblems(instance.warnings());
    status.addAllProblems(Notices.of(engine.instance(), clock.now().wall()));
    instance.lastVerifiedBackup().map(Names::time).ifPresent(status::setVerifiedBackupTime);
    freezing.freeze().ifPresent(status::setFreeze);
    return status.build();
  }

  @Override
  public void freezeInstance(
      FreezeInstanceRequest request, StreamObserver<FreezeInstanceResponse> observer) {
    Call.unary(observer, () -> freezing.freeze(request));
  }

  @Override
  public void unfreezeInstance(
      UnfreezeInstanceRequest request, StreamObserver<UnfreezeInstanceResponse> observer) {
    Call.unary(observer, () -> freezing.unfreeze(request));
  }

  @Override
  public void stopServer(StopServerRequest request, StreamObserver<StopServerResponse> observer) {
    Call.unary(
        observer,
        () -> {
          StopServerRequest.Mode mode =
              Names.known("mode", request.getMode(), request.getModeValue());
          var response =
              StopServerResponse.newBuilder()
                  .setPid(ProcessHandle.current().pid())
                  .addAllOpenAttempts(attempts.now())
                  .build();
          instance.stop(
              switch (mode) {
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
  public void checkStore(CheckStoreRequest request, StreamObserver<CheckStoreResponse> observer) {
    Call.unary(
        observer, () -> CheckStoreResponse.newBuilder().setCheck(instance.checkStore()).build());
  }

  @Override
  public void rebuildStore(
      RebuildStoreRequest request, StreamObserver<RebuildStoreResponse> observer) {
    Call.unary(observer, () -> store.rebuild(request.getCheck()));
  }
}
