package io.salvor.server.wiring;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.salvor.server.backup.BackupPlaces;
import io.salvor.server.backup.Secrets;
import io.salvor.server.backup.StoreGuard;
import io.salvor.server.backup.UpgradeBackup;
import io.salvor.server.config.Home;
import io.salvor.server.config.HostPort;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.engine.Soundness;
import io.salvor.server.grpc.Instance.StopMode;
import io.salvor.server.host.FileSystem;
import io.salvor.server.host.HomeServers;
import io.salvor.server.host.PortHolder;
import io.salvor.server.host.Undertaker;
import io.salvor.server.http.Health;
import io.salvor.server.http.HttpDoor;
import io.salvor.server.metrics.Metrics;
import io.salvor.sqlite.HomeLock;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.Addresses;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server's life: lock, store, engine, doors; and back in reverse.
public final class Server {
  private static final Logger log = LoggerFactory.getLogger(Server.class);

  /// The status with which the process ends when the engine met a state that must not be.
  private static final int BROKEN = 70;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Longer than an orderly end takes.
  private static final Duration MOST_TO_END = Duration.ofSeconds(60);

  private final Home home;
  private final HomeLock lock;
  private final ServerComponent parts;
  private final Thread loop;
  private final Listeners listeners;
  private final HttpDoor http;
  private final HealthStatusManager health;
  private final CountDownLatch ended = new CountDownLatch(1);

  private Server(
      Home home,
      HomeLock lock,
      ServerComponent parts,
      Listeners listeners,
      HttpDoor http,
      HealthStatusManager health) {
    this.home = home;
    this.lock = lock;
    this.parts = parts;
    this.listeners = listeners;
    this.http = http;
    this.health = health;
    this.loop = Thread.ofPlatform().name("engine").unstarted(parts.engine());
  }

  /// Takes the home, opens the store and both doors.
  ///
  /// @throws StartRefused where another server has the home or an address
  public static Server start(Home home, ServerConfig config, Options options) throws IOException {
    requireLocalDisk(home);
    SqliteStore.makeRoom(StoreFiles.in(home.root()));
    HomeLock lock = lock(home);
    try {
      var places = BackupPlaces.of(config.backup().directory(), System.getenv());
      var guard = new StoreGuard(home, places.of(home));
      admit(guard, options);
      backUpBeforeUpgrade(home, config, places);
      ServerComponent parts =
          DaggerServerComponent.factory().create(home, config, options, Server::endBroken);
      guard.settle(parts.store().identity(), options.newStore());
      Server server = listen(home, config, lock, parts);
      if (!options.onlyLook()) {
        parts.backups().start();
        parts.noticing().start();
        parts.segments().start();
        parts.offHost().start();
        parts.upkeep().start();
      }
      return server;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static void admit(StoreGuard guard, Options options) throws IOException {
    if (options.newStore()) {
      guard
          .makeRoom(Instant.now())
          .ifPresent(it -> log.warn("what was left of the store before lies in {}", it));
      return;
    }
    Optional<StoreGuard.Objection> objection = guard.objection();
    if (objection.isPresent()) {
      throw new StartRefused(objection.get().what(), objection.get().hint());
    }
  }

  /// A store of an older version is upgraded by whoever opens it.
  private static void backUpBeforeUpgrade(Home home, ServerConfig config, BackupPlaces places)
      throws IOException {
    var secrets = Secrets.of(home, config.backup().passphrase(), System.getenv());
    var backup =
        new UpgradeBackup(
            home,
            places.of(home),
            secrets,
            RunningInstance.programVersion(),
            InstantSource.system());
    try {
      backup.make();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("interrupted while backing up before an upgrade", "salvor serve");
    }
  }

  private static Server listen(Home home, ServerConfig config, HomeLock lock, ServerComponent parts)
      throws IOException {
    var health = new HealthStatusManager();
    List<BindableService> services = new ArrayList<>(parts.api().services());
    services.add(parts.backupCalls());
    services.add(health.getHealthService());
    services.add(ProtoReflectionServiceV1.newInstance());
    Path socket = home.socket(System.getenv());
    InetSocketAddress tcp = HostPort.parse(config.listen());
    InetSocketAddress web = HostPort.parse(config.http());
    var service =
        new Listeners.Service(parts.callers(), parts.clients(), parts.rpcMeters(), services);
    Listeners listeners = open(tcp, () -> new Listeners(socket, tcp, service));
    HttpDoor http = open(web, () -> new HttpDoor(web, pages(parts)));
    var addresses =
        Addresses.newBuilder()
            .setSocket(socket.toString())
            .setGrpc(HostPort.text(new InetSocketAddress(tcp.getAddress(), listeners.port())))
            .setHttp(HostPort.text(http.address()))
            .build();
    parts.instance().listensAt(addresses);
    var server = new Server(home, lock, parts, listeners, http, health);
    server.begin(addresses);
    return server;
  }

  private interface Opening<T> {
    T open() throws IOException;
  }

  private static <T> T open(InetSocketAddress address, Opening<T> opening) throws IOException {
    try {
      return opening.open();
    } catch (IOException e) {
      if (isTaken(e)) {
        throw new StartRefused(
            "another program listens at "
                + HostPort.text(address)
                + PortHolder.of(address.getPort()).map(it -> ": " + it.text()).orElse(""),
            "salvor serve --listen 127.0.0.1:0 --http 127.0.0.1:0  (any free ports), or end it: ss"
                + " -tlnp");
      }
      throw e;
    }
  }

  /// The native transport has an exception of its own for it, told apart by its text alone.
  private static boolean isTaken(IOException e) {
    for (@Nullable Throwable it = e; it != null; it = it.getCause()) {
      if (it instanceof BindException
          || String.valueOf(it.getMessage()).contains("Address already in use")) {
        return true;
      }
    }
    return false;
  }

  /// Neither the lock nor the store's memory is shared between hosts.
  private static void requireLocalDisk(Home home) throws IOException {
    FileSystem lies = FileSystem.of(home.root());
    if (lies.isOfNetwork()) {
      throw new StartRefused(
          "the home "
              + home.root()
              + " lies on "
              + lies.type()
              + ", where locks and the store are not safe",
          "salvor --home DIR serve  (DIR on a local disk)");
    }
  }

  /// A lock file that was deleted under a running server would let a second one in.
  private static HomeLock lock(Home home) throws IOException {
    List<Long> others = HomeServers.on(home.root());
    others.remove(ProcessHandle.current().pid());
    if (!others.isEmpty() && !Files.exists(HomeLock.fileIn(home.root()))) {
      throw new StartRefused(
          "a server runs on "
              + home.root()
              + ", as process "
              + others.getFirst()
              + ", though its lock is gone",
          "salvor stop");
    }
    var self = new HomeLock.Holder(ProcessHandle.current().pid(), Instant.now());
    return switch (HomeLock.acquire(home.root(), self)) {
      case HomeLock.Answer.Acquired(var lock) -> lock;
      case HomeLock.Answer.Taken(var holder) ->
          throw new StartRefused(
              "a server runs on "
                  + home.root()
                  + holder.map(it -> " already, as process " + it.pid()).orElse(" already"),
              "salvor status  or  salvor stop");
    };
  }

  private void begin(Addresses addresses) throws IOException {
    loop.start();
    parts.engine().reconcile(true);
    health.setStatus("", ServingStatus.SERVING);
    AddressFile.write(home.address(), addresses, ProcessHandle.current().pid());
    log.info("serving at {} and {}", addresses.getSocket(), addresses.getGrpc());
    Undertaker.startWhereNeeded();
  }

  private static Map<String, Supplier<HttpDoor.Page>> pages(ServerComponent parts) {
    return Map.of(
        "/health",
        () ->
            new Health(
                    parts.instance().problem().isEmpty(),
                    parts.instance().version(),
                    parts.reads().lastSeq())
                .page(),
        "/metrics",
        () -> new HttpDoor.Page(200, Metrics.CONTENT_TYPE, parts.metrics().scrape()));
  }

  /// Blocks until it is time to end.
  public void run() throws InterruptedException {
    parts.lifecycle().run();
  }

  /// Ends the server as on `stop`, and waits until it has; for a shutdown hook.
  public void endBySignal() {
    parts.lifecycle().stop(StopMode.LEAVE);
    try {
      if (!ended.await(MOST_TO_END.toSeconds(), TimeUnit.SECONDS)) {
        log.error("not ended after {}; the next server goes on from the log", MOST_TO_END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Closes the doors, stops what can be stopped, and leaves the rest to the next server.
  public void end() throws InterruptedException, IOException {
    try {
      close();
      log.info("ended");
    } finally {
      ended.countDown();
    }
  }

  private void close() throws InterruptedException, IOException {
    health.enterTerminalState();
    Files.deleteIfExists(home.address());
    parts.changes().close();
    listeners.shut();
    http.close();
    parts.upkeep().stop();
    parts.backups().stop();
    parts.noticing().stop();
    parts.effects().stop(PATIENCE);
    parts.engine().stop();
    loop.join(PATIENCE);
    parts.segments().stop();
    parts.offHost().stop();
    parts.store().close();
    lock.close();
  }

  /// What no code caught ended a thread. Says so, and ends the process where it has to end.
  public static void uncaught(Thread thread, Throwable cause) {
    try {
      log.error("{} died", thread.getName(), cause);
    } finally {
      if (Soundness.isLost(cause)) {
        endBroken(cause);
      }
    }
  }

  private static void endBroken(Throwable cause) {
    try {
      log.error("ending at once: {}", cause.toString());
    } finally {
      Runtime.getRuntime().halt(BROKEN);
    }
  }
}
