package io.salvor.server.grpc;

import io.grpc.stub.StreamObserver;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentPrograms;
import io.salvor.domain.agent.Installation;
import io.salvor.server.config.AgentBook;
import io.salvor.server.config.AgentBook.Recipe;
import io.salvor.server.errors.Errors;
import io.salvor.v1.AgentLack;
import io.salvor.v1.AgentServiceGrpc;
import io.salvor.v1.CheckAgentsRequest;
import io.salvor.v1.CheckAgentsResponse;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.ListAgentsRequest;
import io.salvor.v1.ListAgentsResponse;
import io.salvor.v1.NamedAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// AgentService. Its calls wait for programs: none of them is quick.
final class AgentCalls extends AgentServiceGrpc.AgentServiceImplBase {
  private final AgentBook book;
  private final AgentPrograms programs;
  private final TaskAgents choice;

  AgentCalls(AgentBook book, AgentPrograms programs, TaskAgents choice) {
    this.book = book;
    this.programs = programs;
    this.choice = choice;
  }

  @Override
  public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> observer) {
    Call.unary(
        observer,
        () -> {
          Optional<String> byDefault = choice.byDefault().map(Recipe::name);
          var response = ListAgentsResponse.newBuilder();
          for (Recipe recipe : book.recipes()) {
            NamedAgent.Builder agent = named(recipe, byDefault);
            recipe.agent().flatMap(programs::find).ifPresent(agent::setProgram);
            response.addAgents(agent);
          }
          return response.build();
        });
  }

  @Override
  public void checkAgents(
      CheckAgentsRequest request, StreamObserver<CheckAgentsResponse> observer) {
    Call.unary(
        observer,
        () -> CheckAgentsResponse.newBuilder().addAllAgents(checked(asked(request))).build());
  }

  private List<Recipe> asked(CheckAgentsRequest request) {
    if (request.getNamesCount() == 0) {
      return book.recipes().stream().filter(recipe -> recipe.agent().isPresent()).toList();
    }
    return request.getNamesList().stream().map(this::recipe).toList();
  }

  private Recipe recipe(String name) {
    return book.recipe(name)
        .orElseThrow(() ->
            Errors.failure(
                ErrorReason.Code.UNKNOWN_AGENT,
                "there is no agent '" + name + "'; there are " + String.join(", ", book.names()),
                "salvor agents list"));
  }

  /// Some programs take seconds to tell their version: they are asked side by side.
  private List<NamedAgent> checked(List<Recipe> recipes) throws InterruptedException {
    Optional<String> byDefault = choice.byDefault().map(Recipe::name);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<NamedAgent>> asked = new ArrayList<>();
      for (Recipe recipe : recipes) {
        asked.add(threads.submit(() -> checked(recipe, named(recipe, byDefault))));
      }
      List<NamedAgent> agents = new ArrayList<>();
      for (Future<NamedAgent> answer : asked) {
        agents.add(answer.get());
      }
      return agents;
    } catch (ExecutionException e) {
      throw new IllegalStateException("an agent could not be checked", e.getCause());
    }
  }

  private NamedAgent checked(Recipe recipe, NamedAgent.Builder message) {
    Optional<Agent> agent = recipe.agent();
    if (agent.isEmpty()) {
      return message.build();
    }
    Installation installation = programs.check(agent.get());
    installation.program().ifPresent(message::setProgram);
    installation.version().ifPresent(message::setVersion);
    return message
        .setVersionSeen(installation.versionSeen())
        .addAllSeenVersions(installation.seenVersions())
        .addAllLacks(installation.lacks().stream().map(AgentCalls::lack).toList())
        .build();
  }

  private static AgentLack lack(Installation.Lack lack) {
    return AgentLack.newBuilder().setWhat(lack.what()).setCommand(lack.command()).build();
  }

  private static NamedAgent.Builder named(Recipe recipe, Optional<String> byDefault) {
    return NamedAgent.newBuilder()
        .setName(recipe.name())
        .setProtocol(TaskMessages.protocol(recipe.protocol()))
        .setProfile(TaskMessages.profile(recipe.profile()))
        .addAllCommand(recipe.command())
        .setModel(recipe.model().orElse(""))
        .setConfigured(recipe.configured())
        .setTakenByDefault(byDefault.filter(recipe.name()::equals).isPresent());
  }
}
