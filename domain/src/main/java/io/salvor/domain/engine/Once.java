package io.salvor.domain.engine;

import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import java.util.Optional;

/// What makes a wish come true once, however often it is sent.
///
/// @param asOf seq of a record that was durable before the store was asked for the request
/// @param seen what the store knew of it then
public record Once(Request request, long asOf, Optional<RecordLog.Seen> seen) {}
