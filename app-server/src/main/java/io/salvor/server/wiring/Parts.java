package io.salvor.server.wiring;

import io.salvor.server.access.Callers;
import io.salvor.server.engine.EffectRunner;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.grpc.Api;
import io.salvor.server.grpc.StoreReads;
import io.salvor.sqlite.SqliteStore;
import jakarta.inject.Inject;

/// What has to be started and ended in order.
record Parts(
    SqliteStore store,
    EngineLoop engine,
    EffectRunner effects,
    Lifecycle lifecycle,
    RunningInstance instance,
    Callers callers,
    Api api,
    StoreReads reads) {
  @Inject
  Parts {}
}
