package io.salvor.it.harness;

import io.grpc.Metadata;
import java.util.Optional;

/// What a client says of itself.
///
/// @param actor who it claims to be; empty for nothing said
/// @param token bearer token; empty for none
public record Credentials(Optional<String> actor, Optional<String> token) {
  private static final Metadata.Key<String> ACTOR =
      Metadata.Key.of("salvor-actor", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /// Says nothing.
  public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

  public static Credentials actor(String actor) {
    return new Credentials(Optional.of(actor), Optional.empty());
  }

  public static Credentials token(String token) {
    return new Credentials(Optional.empty(), Optional.of(token));
  }

  Metadata headers() {
    var headers = new Metadata();
    actor.ifPresent(it -> headers.put(ACTOR, it));
    token.ifPresent(it -> headers.put(AUTHORIZATION, "Bearer " + it));
    return headers;
  }
}
