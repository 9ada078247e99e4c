package io.salvor.bench;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.salvor.domain.access.Actor;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.EnginePolicy;
import io.salvor.domain.engine.Input;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.task.StartPolicy;
import io.salvor.process.LinuxHostMemory;
import io.salvor.server.access.Callers;
import io.salvor.server.access.PeerNegotiator;
import io.salvor.server.access.Token;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.engine.EffectRunner;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.engine.HostClock;
import io.salvor.server.engine.SetupMarks;
import io.salvor.server.engine.World;
import io.salvor.server.grpc.Api;
import io.salvor.server.grpc.Changes;
import io.salvor.server.limits.MemoryWatch;
import io.salvor.server.wiring.CallThreads;
import io.salvor.sqlite.SqliteStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Salvor's own engine, store and services in this JVM, over a [NoopWorld], behind a Unix socket as
/// the real server has it.
final class HandWiredServer implements AutoCloseable {
  private final HostClock clock = new HostClock();
  private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(EpollIoHandler.newFactory());
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final EffectRunner effects;
  private final EngineLoop engine;
  private final Thread loop;
  private final CallThreads calls = new CallThreads();
  private final Server server;
  private final UnixClient client;

  HandWiredServer(Home home, SqliteStore store, CountingLog log, NoopWorld noop, int concurrent)
      throws IOException {
    var documents = store.documents();
    var world =
        new World(
            "lineage",
            noop,
            noop,
            noop,
            hash -> documents.get(hash).orElseThrow(),
            new SetupMarks(home.attempts()));
    var changes = new Changes();
    effects = new EffectRunner(world, clock, Optional.empty());
    var core = new EngineCore(new EnginePolicy(concurrent, StartPolicy.DEFAULT), log.restore());
    engine = new EngineLoop(core, log, effects, changes::published, Throwable::printStackTrace);
    effects.reportTo(engine);
    loop = Thread.ofPlatform().name("engine").start(engine);
    var _ =
        ticks.scheduleAtFixedRate(
            () -> {
              engine.tell(new Input.Tick(clock.now()));
              engine.reconcile(false);
            },
            1,
            1,
            TimeUnit.SECONDS);
    var memory = new MemoryWatch(new LinuxHostMemory(), MemoryBand.Limits.DEFAULT);
    var serving = new Api.Serving(store, engine, clock, changes, memory);
    var programs = new NoPrograms();
    server =
        listen(
            home, new Api(serving, world, programs, home, ServerConfig.DEFAULT, new NoInstance()));
    client = new UnixClient(home.run().resolve("salvor.sock"));
  }

  private Server listen(Home home, Api api) throws IOException {
    var callers =
        new Callers(Token.in(home.token()), _ -> Optional.empty(), new Actor("user:bench"));
    var builder =
        NettyServerBuilder.forAddress(
                new DomainSocketAddress(home.run().resolve("salvor.sock").toFile()))
            .bossEventLoopGroup(group)
            .workerEventLoopGroup(group)
            .channelType(EpollServerDomainSocketChannel.class)
            .protocolNegotiator(new PeerNegotiator())
            .executor(calls.quick())
            .callExecutor(calls)
            .addTransportFilter(callers)
            .intercept(callers);
    api.services().forEach(builder::addService);
    return builder.build().start();
  }

  UnixClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    ticks.shutdownNow();
    try {
      server.shutdownNow().awaitTermination();
      calls.shut();
      effects.stop(Duration.ofSeconds(10));
      engine.stop();
      loop.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
