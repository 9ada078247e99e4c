package io.salvor.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.salvor.cli.FakeServer;
import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.DiffTaskRequest;
import io.salvor.v1.DiffTaskResponse;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WatchTaskRequest;
import io.salvor.v1.WatchTaskResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against a real gRPC server on a Unix socket.
final class GrpcConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path home;
  private FakeServer server;
  private GrpcConnection connection;

  @BeforeEach
  void connect() throws Exception {
    server = FakeServer.inHome(home);
    connection =
        GrpcConnection.open(
            UnixDomainSocketAddress.of(home.resolve("run/salvor.sock")),
            Map.of("salvor-actor", "user:ann", "x-long", "v".repeat(6_000)),
            PATIENCE);
  }

  @AfterEach
  void disconnect() throws Exception {
    connection.close();
    server.close();
  }

  private static String text(int length, long seed) {
    var random = new Random(seed);
    var text = new StringBuilder(length);
    while (text.length() < length) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private Task get(String name) {
    return connection.call(
        TaskServiceGrpc.getGetTaskMethod(),
        GetTaskRequest.newBuilder().setName(name).build(),
        PATIENCE);
  }

  @Test
  void headers_arrive_however_long() {
    server.on(TaskServiceGrpc.getGetTaskMethod(), _ -> Task.getDefaultInstance());
    get("x");
    assertThat(server.header("salvor-actor")).isEqualTo("user:ann");
    assertThat(server.header("x-long")).hasSize(6_000);
  }

  @Test
  void questions_and_answers_far_larger_than_a_window_arrive_whole() {
    String question = text(5_000_000, 1);
    String answer = text(9_000_000, 2);
    server.on(
        TaskServiceGrpc.getCommentTaskMethod(),
        request ->
            Task.newBuilder()
                .setTitle(answer)
                .setBrief(Integer.toString(request.getText().hashCode()))
                .build());
    for (int round = 0; round < 3; round++) {
      Task task =
          connection.call(
              TaskServiceGrpc.getCommentTaskMethod(),
              CommentTaskRequest.newBuilder().setText(question).build(),
              PATIENCE);
      assertThat(task.getTitle()).isEqualTo(answer);
      assertThat(task.getBrief()).isEqualTo(Integer.toString(question.hashCode()));
    }
  }

  @Test
  void a_stream_is_read_to_its_end_in_order() {
    server.onStream(
        TaskServiceGrpc.getDiffTaskMethod(),
        (_, replies) -> {
          for (int i = 0; i < 2_000; i++) {
            replies.onNext(
                DiffTaskResponse.newBuilder()
                    .setData(ByteString.copyFromUtf8(i + text(i, i)))
                    .build());
          }
          replies.onCompleted();
        });
    try (Replies<DiffTaskResponse> replies =
        connection.stream(
            TaskServiceGrpc.getDiffTaskMethod(), DiffTaskRequest.getDefaultInstance(), PATIENCE)) {
      for (int i = 0; i < 2_000; i++) {
        Optional<DiffTaskResponse> reply = replies.next();
        assertThat(reply.map(it -> it.getData().toStringUtf8())).contains(i + text(i, i));
      }
      assertThat(replies.next()).isEmpty();
      assertThat(replies.next()).isEmpty();
    }
  }

  @Test
  void a_stream_that_is_left_does_not_stand_in_the_way_of_the_next_call() {
    server.on(
        TaskServiceGrpc.getGetTaskMethod(), it -> Task.newBuilder().setName(it.getName()).build());
    server.onStream(
        TaskServiceGrpc.getDiffTaskMethod(),
        (_, replies) -> {
          for (int i = 0; i < 100; i++) {
            replies.onNext(
                DiffTaskResponse.newBuilder()
                    .setData(ByteString.copyFrom(new byte[60_000]))
                    .build());
          }
        });
    for (int round = 0; round < 5; round++) {
      try (Replies<DiffTaskResponse> replies =
          connection.stream(
              TaskServiceGrpc.getDiffTaskMethod(),
              DiffTaskRequest.getDefaultInstance(),
              PATIENCE)) {
        assertThat(replies.next()).isPresent();
      }
      assertThat(get("tasks/" + round).getName()).isEqualTo("tasks/" + round);
    }
  }

  @Test
  void a_refusal_arrives_with_its_text_and_details() {
    server.refuse(
        TaskServiceGrpc.getGetTaskMethod(),
        Status.Code.NOT_FOUND,
        "100 % – „nicht da“\n",
        "TASK_NOT_FOUND",
        "h".repeat(3_000));
    assertThatThrownBy(() -> get("x"))
        .isInstanceOfSatisfying(
            RpcFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
              assertThat(failure.description()).isEqualTo("100 % – „nicht da“\n");
              assertThat(failure.details().length).isGreaterThan(3_000);
              assertThat(failure.answered()).isTrue();
            });
  }

  @Test
  void a_refusal_in_a_stream_comes_after_what_was_sent() {
    server.onStream(
        TaskServiceGrpc.getWatchTaskMethod(),
        (_, replies) -> {
          replies.onNext(WatchTaskResponse.newBuilder().setCursor(7).build());
          replies.onError(Status.UNAVAILABLE.withDescription("stopping").asException());
        });
    Replies<WatchTaskResponse> replies =
        connection.stream(
            TaskServiceGrpc.getWatchTaskMethod(), WatchTaskRequest.getDefaultInstance(), PATIENCE);
    assertThat(replies.next().map(WatchTaskResponse::getCursor)).contains(7L);
    assertThatThrownBy(replies::next)
        .isInstanceOfSatisfying(
            RpcFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  @Test
  void a_method_that_the_server_does_not_have_is_unimplemented() {
    assertThatThrownBy(() -> get("x"))
        .isInstanceOfSatisfying(
            RpcFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(Status.Code.UNIMPLEMENTED));
  }

  @Test
  void a_server_that_stays_silent_is_not_waited_for_longer_than_asked() {
    server.onStream(TaskServiceGrpc.getWatchTaskMethod(), (_, _) -> {});
    Replies<WatchTaskResponse> replies =
        connection.stream(
            TaskServiceGrpc.getWatchTaskMethod(),
            WatchTaskRequest.getDefaultInstance(),
            Duration.ofMillis(300));
    assertThatThrownBy(replies::next)
        .isInstanceOfSatisfying(
            RpcFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
              assertThat(failure.answered()).isFalse();
            });
  }

  @Test
  void a_server_that_is_killed_breaks_the_call() throws Exception {
    server.onStream(TaskServiceGrpc.getWatchTaskMethod(), (_, _) -> {});
    Replies<WatchTaskResponse> replies =
        connection.stream(
            TaskServiceGrpc.getWatchTaskMethod(), WatchTaskRequest.getDefaultInstance(), PATIENCE);
    server.kill();
    assertThatThrownBy(replies::next)
        .isInstanceOfSatisfying(
            RpcFailure.class,
            failure ->
                assertThat(failure.code()).isIn(Status.Code.UNAVAILABLE, Status.Code.CANCELLED));
  }

  @Test
  void whoever_asks_for_a_socket_again_gets_another() throws Exception {
    var one = new OneServer(UnixDomainSocketAddress.of(home.resolve("run/salvor.sock")), PATIENCE);
    Socket first = one.createSocket();
    first.close();
    try (Socket second = one.createSocket("elsewhere", 1)) {
      assertThat(first.isClosed()).isTrue();
      assertThat(second.isClosed()).isFalse();
    }
  }

  @Test
  void where_nobody_listens_there_is_no_connection() {
    var nowhere = UnixDomainSocketAddress.of(home.resolve("nobody.sock"));
    assertThatThrownBy(() -> GrpcConnection.open(nowhere, Map.of(), PATIENCE))
        .isInstanceOf(IOException.class);
  }

  /// Linux lets whoever connects try again and again where the one that listens takes nobody.
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void one_who_takes_no_connection_is_not_waited_for_longer_than_asked() throws Exception {
    List<Socket> queue = new ArrayList<>();
    try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      while (queue.size() < 10 && entered(deaf, queue)) {
        assertThat(queue).isNotEmpty();
      }
      assertThatThrownBy(() ->
              GrpcConnection.open(deaf.getLocalSocketAddress(), Map.of(), Duration.ofMillis(300)))
          .isInstanceOf(SocketTimeoutException.class);
    } finally {
      for (Socket waiting : queue) {
        waiting.close();
      }
    }
  }

  private static boolean entered(ServerSocket server, List<Socket> queue) throws IOException {
    var socket = new Socket();
    queue.add(socket);
    try {
      socket.connect(server.getLocalSocketAddress(), 300);
      return true;
    } catch (SocketTimeoutException full) {
      return false;
    }
  }

  @Test
  void tcp_does_as_well() throws Exception {
    try (var other = FakeServer.onTcp();
        var overTcp =
            GrpcConnection.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), other.port()),
                Map.of(),
                PATIENCE)) {
      other.on(TaskServiceGrpc.getGetTaskMethod(), _ -> Task.newBuilder().setTitle("t").build());
      assertThat(
              overTcp
                  .call(
                      TaskServiceGrpc.getGetTaskMethod(),
                      GetTaskRequest.getDefaultInstance(),
                      PATIENCE)
                  .getTitle())
          .isEqualTo("t");
    }
  }
}
