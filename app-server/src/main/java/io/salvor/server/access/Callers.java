package io.salvor.server.access;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.StatusRuntimeException;
import io.salvor.domain.access.Actor;
import io.salvor.domain.id.TaskId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Settles who calls before a call begins. Thread-safe.
///
/// Over the Unix socket the file's permissions are the door; over TCP the token is. A caller that
/// is found inside an attempt is that attempt's agent, whatever it claims; anybody else is who they
/// say.
public final class Callers extends ServerTransportFilter implements ServerInterceptor {
  private static final Metadata.Key<String> ACTOR =
      Metadata.Key.of("salvor-actor", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Attributes.Key<TaskId> INSIDE = Attributes.Key.create("inside-attempt-of");
  private static final Context.Key<Actor> CALLER = Context.key("caller");
  private static final Context.Key<Boolean> SOCKET = Context.key("over-socket");

  /// Answered without a token: whether the server is well is no secret.
  private static final String HEALTH = "grpc.health.v1.Health/";

  private final Token token;
  private final Function<TaskId, Optional<Actor>> agentOf;
  private final Actor fallback;

  /// @param agentOf the agent that works on a task; empty where the task is not of this store
  /// @param fallback who calls where nobody says: the user that the server runs as
  public Callers(Token token, Function<TaskId, Optional<Actor>> agentOf, Actor fallback) {
    this.token = token;
    this.agentOf = agentOf;
    this.fallback = fallback;
  }

  /// Whether the present call came over the Unix socket, which only the owner of the home can open.
  public static boolean overSocket() {
    return Boolean.TRUE.equals(SOCKET.get());
  }

  /// Who makes the present call.
  public static Actor current() {
    Actor caller = CALLER.get();
    if (caller == null) {
      throw new IllegalStateException("not inside a call");
    }
    return caller;
  }

  @Override
  public Attributes transportReady(Attributes attributes) {
    Integer pid = attributes.get(PeerNegotiator.PEER_PID);
    Optional<TaskId> task = pid == null ? Optional.empty() : InsideAttempt.taskOf(pid);
    return task.isPresent() ? attributes.toBuilder().set(INSIDE, task.get()).build() : attributes;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    if (!method.startsWith(HEALTH) && needsToken(call) && !hasToken(headers)) {
      return refuse(call, AccessErrors.tokenRequired());
    }
    String claimed = headers.get(ACTOR);
    if (claimed != null && !Actor.isValid(claimed)) {
      return refuse(call, AccessErrors.notAnActor(claimed));
    }
    return Contexts.interceptCall(
        Context.current()
            .withValue(CALLER, caller(call, claimed))
            .withValue(SOCKET, !needsToken(call)),
        call,
        headers,
        next);
  }

  private Actor caller(ServerCall<?, ?> call, @Nullable String claimed) {
    TaskId inside = call.getAttributes().get(INSIDE);
    Optional<Actor> agent = inside == null ? Optional.empty() : agentOf.apply(inside);
    if (agent.isPresent()) {
      return agent.get();
    }
    return claimed == null ? fallback : new Actor(claimed);
  }

  private static boolean needsToken(ServerCall<?, ?> call) {
    return call.getAttributes().get(PeerNegotiator.PEER_PID) == null;
  }

  private boolean hasToken(Metadata headers) {
    String authorization = headers.get(AUTHORIZATION);
    return authorization != null && token.isIn(authorization);
  }

  private static <Q, R> ServerCall.Listener<Q> refuse(
      ServerCall<Q, R> call, StatusRuntimeException why) {
    Metadata trailers = why.getTrailers();
    call.close(why.getStatus(), trailers == null ? new Metadata() : trailers);
    return new ServerCall.Listener<>() {};
  }
}
