package io.salvor.process.protocol;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import java.util.List;
import java.util.Optional;

/// Orders for the same attempt.
final class Orders {
  private Orders() {}

  static LaunchOrder order(
      Protocol protocol, String program, PermissionProfile profile, Optional<String> session) {
    return new LaunchOrder(
        new AttemptRef(TaskId.of("01890000-0000-7000-8000-000000000001"), 2, 9),
        new DisplayId(1),
        new Agent(program, protocol, profile, List.of(program), Optional.of("a-model")),
        "/work",
        "/project",
        "do it",
        session,
        Limits.DEFAULT);
  }
}
