package io.salvor.simulator;

import io.salvor.domain.access.Actor;
import io.salvor.domain.journal.Request;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Somebody's wish, and what became of it so far. What its sender finds in the workspace is looked
/// up each time it is sent.
final class Call {
  final Actor actor;
  final Supplier<Wanted> wish;
  final Optional<Request> request;
  final OptionalLong etag;
  private @Nullable Reply reply;
  private int sent;

  Call(Actor actor, Supplier<Wanted> wish, Optional<Request> request, OptionalLong etag) {
    this.actor = actor;
    this.wish = wish;
    this.request = request;
    this.etag = etag;
  }

  Reply send() {
    var next = new Reply();
    reply = next;
    sent++;
    return next;
  }

  int sent() {
    return sent;
  }

  Reply.@Nullable Outcome outcome() {
    return reply == null ? null : reply.outcome();
  }
}
