package io.salvor.server.backup;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Reach;
import io.salvor.domain.backup.RestorePlan.Target;
import io.salvor.server.config.Home;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.Backup;
import io.salvor.v1.BackupDrill;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.RebuildStoreRequest;
import io.salvor.v1.RebuildStoreResponse;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/// A rehearsal: restores a backup into a scratch home and starts a server there, which touches
/// nothing but that home, and asks it what it has.
public final class Drill {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long STEP_MILLIS = 20;

  private final Vault vault;
  private final List<String> server;
  private final InstantSource clock;
  private final Restoring.Supply supply;
  private Duration fetching = Duration.ZERO;

  /// @param server the command that runs a server, without options
  public Drill(Vault vault, List<String> server, InstantSource clock) {
    this(vault, server, clock, Restoring.Supply.LOCAL);
  }

  Drill(Vault vault, List<String> server, InstantSource clock, Restoring.Supply supply) {
    this.vault = vault;
    this.server = List.copyOf(server);
    this.clock = clock;
    this.supply = supply;
  }

  /// Does it, and writes the result down beside the backup.
  public BackupDrill run(Target target) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("salvor-drill-");
    try {
      Home home = new Home(scratch.resolve("home"));
      home.create();
      BackupDrill drill = rehearse(home, target);
      vault.drilled(drill);
      return drill;
    } finally {
      Disk.remove(scratch);
    }
  }

  private BackupDrill rehearse(Home home, Target target) throws IOException, InterruptedException {
    Instant begun = clock.instant();
    long start = System.nanoTime();
    var restoring = new Restoring(home, vault, clock, this::fetch);
    Restoring.Step step = restoring.plan(target);
    restoring.restore(step, Actor.SALVOR, Optional.empty());
    Files.deleteIfExists(home.config());
    long restored = System.nanoTime();
    var problems = new ArrayList<String>();
    Backup backup = step.backup();
    String state;
    try (var copy = StoreCopy.open(StoreFiles.in(home.root()).database())) {
      StoreCopy.Report report = copy.examine();
      problems.addAll(report.problems());
      state = report.stateHash();
    }
    boolean allOfIt = step.plan().take().then().isEmpty() && step.cutAfter().isEmpty();
    if (allOfIt && foldsAlike(backup) && !BackupLists.isSame(state, backup.getStateHash())) {
      problems.add("its tasks are not those of the manifest");
    }
    long examined = System.nanoTime();
    long records = serve(home, backup, step.report().getLastSeq(), problems);
    long answered = System.nanoTime();
    return BackupDrill.newBuilder()
        .setGeneration(backup.getGeneration())
        .setStartTime(Timestamps.fromMillis(begun.toEpochMilli()))
        .setPassed(problems.isEmpty())
        .addAllProblems(problems)
        .setFetchDuration(Durations.fromNanos(fetching.toNanos()))
        .setRestoreDuration(Durations.fromNanos(restored - start - fetching.toNanos()))
        .setServeDuration(Durations.fromNanos(answered - examined))
        .setStateHash(state)
        .setRecords(records)
        .build();
  }

  private void fetch(Reach wanted) {
    long start = System.nanoTime();
    supply.bring(wanted);
    fetching = fetching.plusNanos(System.nanoTime() - start);
  }

  private boolean foldsAlike(Backup backup) {
    try (var copy = StoreCopy.open(vault.place(backup.getGeneration()).resolve(Vault.STORE))) {
      return copy.foldsAlike();
    }
  }

  /// @return how many records the server counts
  private long serve(Home home, Backup backup, long lastSeq, List<String> problems)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(server);
    command.addAll(
        List.of(
            "--home=" + home.root(), "--listen=127.0.0.1:0", "--http=127.0.0.1:0", "--only-look"));
    File output = home.root().resolve("drill.out").toFile();
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
    builder.environment().put("SALVOR_BACKUPS", home.root().resolve("backups").toString());
    builder.environment().put("SALVOR_HOME", home.root().toString());
    Process process = builder.start();
    try {
      String address = address(home, process);
      if (address.isEmpty()) {
        problems.add("the server did not answer: " + Files.readString(output.toPath()).strip());
        return 0;
      }
      return ask(home, address, backup, lastSeq, problems);
    } finally {
      process.destroy();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  /// Where it listens; empty where it ended instead.
  private static String address(Home home, Process process)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      boolean gone = process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS);
      if (Files.exists(home.address())) {
        var said = new Properties();
        said.load(new StringReader(Files.readString(home.address())));
        return said.getProperty("grpc", "");
      }
      if (gone) {
        return "";
      }
    }
    return "";
  }

  private static long ask(
      Home home, String address, Backup backup, long lastSeq, List<String> problems)
      throws IOException {
    var channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    try {
      var token = new Metadata();
      token.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
          "Bearer " + Files.readString(home.token()).strip());
      Channel ours =
          ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(token));
      var instance = InstanceServiceGrpc.newBlockingStub(ours);
      InstanceStatus status = instance.getStatus(GetStatusRequest.getDefaultInstance());
      RebuildStoreResponse check =
          instance.rebuildStore(RebuildStoreRequest.newBuilder().setCheck(true).build());
      if (!status.getLineage().equals(backup.getLineage())) {
        problems.add("the server has another store: " + status.getLineage());
      }
      if (status.getRecords() <= lastSeq) {
        problems.add("the server has only " + status.getRecords() + " records");
      }
      if (!check.getChainIntact() || !check.getConsistent()) {
        problems.add("the server finds its store damaged");
      }
      return status.getRecords();
    } finally {
      channel.shutdownNow();
    }
  }
}
