package io.salvor.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.v1.Agent;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What a request says of an agent.
final class TaskAgentsTest {
  @Test
  void a_profile_that_is_not_known_is_not_taken_for_another() {
    refused(
        () -> TaskAgents.profile(Agent.newBuilder().setProfileValue(9).build()),
        "there is no such profile: 9");
    assertThat(TaskAgents.profile(Agent.newBuilder().setProfile(Agent.Profile.READ).build()))
        .contains(PermissionProfile.READ);
    assertThat(TaskAgents.profile(Agent.getDefaultInstance())).isEmpty();
  }

  @Test
  void a_launcher_that_is_not_known_is_not_taken_for_another() {
    refused(
        () -> TaskAgents.launcher(Agent.newBuilder().setLauncherValue(9).build()),
        "there is no such launcher: 9");
    assertThat(TaskAgents.launcher(Agent.getDefaultInstance())).isEmpty();
  }

  private static void refused(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .satisfies(refused -> {
          Status status = Status.fromThrowable(refused);
          assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
          assertThat(status.getDescription()).contains(why);
        });
  }
}
