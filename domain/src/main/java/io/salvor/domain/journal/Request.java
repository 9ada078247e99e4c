package io.salvor.domain.journal;

import io.salvor.domain.access.Actor;

/// A call that must happen once however often it is sent.
///
/// @param method the call's name
/// @param id chosen by the caller; unique per actor and method for 24 h
/// @param payloadHash SHA-256 in hex of what was asked for
public record Request(Actor actor, String method, String id, String payloadHash) {}
