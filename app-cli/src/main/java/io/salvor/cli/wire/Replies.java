package io.salvor.cli.wire;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answers of a call, one after the other as they are asked for. For the connection's thread.
public final class Replies<A> implements AutoCloseable {
  private static final int WINDOW_STEP = 1 << 19;

  private final GrpcConnection connection;
  private final int stream;
  private final MethodDescriptor<?, A> method;
  private final Duration patience;
  private final int firstWindow;
  private final ByteArrayOutputStream headerBlock = new ByteArrayOutputStream();
  private final Inbox inbox = new Inbox();
  private int sent;
  private int credit;
  private int received;
  private boolean over;
  private boolean lastHeaders;
  private @Nullable Map<String, String> trailers;

  Replies(
      GrpcConnection connection,
      int stream,
      MethodDescriptor<?, A> method,
      int firstWindow,
      Duration patience) {
    this.connection = connection;
    this.stream = stream;
    this.method = method;
    this.firstWindow = firstWindow;
    this.patience = patience;
  }

  int stream() {
    return stream;
  }

  /// The next answer; empty after the last one. Throws [RpcFailure] where the call does not end
  /// well.
  public Optional<A> next() {
    try {
      while (true) {
        Optional<byte[]> message = inbox.next();
        if (message.isPresent()) {
          return Optional.of(method.parseResponse(new ByteArrayInputStream(message.get())));
        }
        if (over) {
          judge(trailers == null ? Map.of() : trailers);
          return Optional.empty();
        }
        connection.read(stream, patience).ifPresent(this::take);
      }
    } catch (IOException broken) {
      over = true;
      throw RpcFailure.broken(GrpcConnection.codeOf(broken), broken);
    }
  }

  /// Sends the question, as fast as the server takes it.
  void send(byte[] question) throws IOException {
    byte[] framed = Inbox.framed(question);
    while (sent < framed.length && !over) {
      int room = Math.min(connection.sendWindow(), streamWindow());
      if (room <= 0) {
        connection.read(stream, patience).ifPresent(this::take);
        continue;
      }
      int length = Math.min(Math.min(room, framed.length - sent), FrameSocket.MAX_PAYLOAD);
      connection.send(stream, framed, sent, length, sent + length == framed.length);
      sent += length;
    }
  }

  private int streamWindow() {
    // A server may change what streams begin with while this one sends.
    int changed = connection.initialStreamWindow() - firstWindow;
    return firstWindow + changed + credit - sent;
  }

  private void take(Frame frame) {
    try {
      switch (frame.type()) {
        case Frame.DATA -> data(frame);
        case Frame.HEADERS -> {
          lastHeaders = frame.has(Frame.END_STREAM);
          headers(frame);
        }
        case Frame.CONTINUATION -> headers(frame);
        case Frame.WINDOW_UPDATE -> credit += frame.number(0);
        case Frame.RST_STREAM -> {
          over = true;
          trailers =
              Map.of(
                  "grpc-status",
                  String.valueOf(resetCode(frame.number(0)).value()),
                  "grpc-message",
                  "the server broke off the call");
        }
        default -> {}
      }
    } catch (IOException broken) {
      over = true;
      throw RpcFailure.broken(Status.Code.INTERNAL, broken);
    }
  }

  private void data(Frame frame) throws IOException {
    inbox.add(frame.payload(), frame.contentStart(), frame.contentEnd() - frame.contentStart());
    over |= frame.has(Frame.END_STREAM);
    received += frame.payload().length;
    if (received >= WINDOW_STEP && !over) {
      connection.widen(stream, received);
      received = 0;
    }
  }

  private void headers(Frame frame) throws IOException {
    headerBlock.write(
        frame.payload(), frame.contentStart(), frame.contentEnd() - frame.contentStart());
    if (!frame.has(Frame.END_HEADERS)) {
      return;
    }
    Map<String, String> fields = Hpack.decode(headerBlock.toByteArray());
    headerBlock.reset();
    String http = fields.getOrDefault(":status", "200");
    if (lastHeaders || !http.equals("200")) {
      over = true;
      trailers = fields;
    }
  }

  private static void judge(Map<String, String> trailers) {
    String status = trailers.get("grpc-status");
    if (status == null) {
      String http = trailers.getOrDefault(":status", "none");
      throw new RpcFailure(httpCode(http), "HTTP status " + http, new byte[0], true);
    }
    Status.Code code = code(status);
    if (code != Status.Code.OK) {
      String details = trailers.getOrDefault("grpc-status-details-bin", "");
      throw new RpcFailure(
          code,
          percentDecoded(trailers.getOrDefault("grpc-message", "")),
          Base64.getDecoder().decode(details),
          true);
    }
  }

  private static Status.Code code(String status) {
    try {
      return Status.fromCodeValue(Integer.parseInt(status)).getCode();
    } catch (NumberFormatException unreadable) {
      return Status.Code.UNKNOWN;
    }
  }

  private static Status.Code resetCode(int error) {
    return switch (error) {
      case 7, 8 ->
          Status.Code.UNAVAILABLE; // refused, or cancelled, and not by us: it is going away
      case 11 -> Status.Code.RESOURCE_EXHAUSTED;
      case 12 -> Status.Code.PERMISSION_DENIED;
      default -> Status.Code.INTERNAL;
    };
  }

  private static Status.Code httpCode(String http) {
    return switch (http) {
      case "400" -> Status.Code.INTERNAL;
      case "401" -> Status.Code.UNAUTHENTICATED;
      case "403" -> Status.Code.PERMISSION_DENIED;
      case "404" -> Status.Code.UNIMPLEMENTED;
      case "429", "502", "503", "504" -> Status.Code.UNAVAILABLE;
      default -> Status.Code.UNKNOWN;
    };
  }

  private static String percentDecoded(String message) {
    byte[] from = message.getBytes(StandardCharsets.ISO_8859_1);
    var to = new ByteArrayOutputStream(from.length);
    for (int at = 0; at < from.length; at++) {
      boolean escaped =
          from[at] == '%'
              && at + 2 < from.length
              && Character.digit(from[at + 1], 16) >= 0
              && Character.digit(from[at + 2], 16) >= 0;
      if (escaped) {
        to.write(Character.digit(from[at + 1], 16) * 16 + Character.digit(from[at + 2], 16));
        at += 2;
      } else {
        to.write(from[at]);
      }
    }
    return to.toString(StandardCharsets.UTF_8);
  }

  /// Leaves what has not come yet.
  @Override
  public void close() {
    if (over) {
      return;
    }
    over = true;
    try {
      connection.cancel(stream);
    } catch (IOException gone) {
      // Nobody is there to be told.
    }
  }
}
