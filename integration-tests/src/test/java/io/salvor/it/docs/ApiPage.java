package io.salvor.it.docs;

import io.salvor.it.docs.Protoset.Call;
import io.salvor.it.docs.Protoset.Enumeration;
import io.salvor.it.docs.Protoset.Field;
import io.salvor.it.docs.Protoset.Message;
import io.salvor.it.docs.Protoset.Service;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `docs/api.md`: every call, message and enum of `salvor.v1`.
final class ApiPage {
  private final Protoset api;
  private final Set<String> ours;

  ApiPage(Protoset api) {
    this.api = api;
    this.ours =
        Stream.concat(
                api.messages().stream().map(Message::name),
                api.enumerations().stream().map(Enumeration::name))
            .collect(Collectors.toSet());
  }

  String text() {
    var page = new StringBuilder(Page.madeFrom("api-proto/src/main/proto/salvor/v1"));
    page.append(
        """
        # The API, `salvor.v1`

        gRPC, over the Unix socket that `salvor status` shows or over TCP at 127.0.0.1:9100. The protos lie in
        [api-proto](../api-proto/src/main/proto/salvor/v1); `mvn -q -pl api-proto compile` also puts them into one file with all
        they import, `api-proto/target/salvor.protoset`, which `protoc --descriptor_set_in`, `grpcurl -protoset` and others read;
        and a running server tells them by reflection. [examples](examples/README.md) has whole clients in Python, Go and Node.

        Every refusal has a reason: [errors.md](errors.md). Of the health service (`grpc.health.v1.Health`) no token is asked.

        """);
    api.services().forEach(it -> service(page, it));
    page.append("## Messages\n\n");
    api.messages().stream().filter(it -> !it.fields().isEmpty()).forEach(it -> message(page, it));
    page.append("## Enums\n\n");
    api.enumerations().stream()
        .filter(it -> !it.name().equals(ErrorsPage.ENUM))
        .forEach(it -> enumeration(page, it));
    return page.toString().stripTrailing() + "\n";
  }

  private void service(StringBuilder page, Service service) {
    page.append("## ").append(service.name()).append("\n\n");
    page.append(service.comment())
        .append("\n\n| call | takes | answers with | |\n|---|---|---|---|\n");
    for (Call call : service.calls()) {
      page.append(
          "| `%s` | %s | %s%s | %s |\n"
              .formatted(
                  call.name(),
                  link(call.request()),
                  call.streamed() ? "a stream of " : "",
                  link(call.response()),
                  Page.cell(call.comment())));
    }
    page.append('\n');
  }

  private void message(StringBuilder page, Message message) {
    page.append("### ").append(message.name()).append("\n\n");
    page.append(message.comment()).append("\n\n| field | type | |\n|---|---|---|\n");
    for (Field field : message.fields()) {
      page.append(
          "| `%s` | %s%s | %s%s |\n"
              .formatted(
                  field.name(),
                  field.repeated() ? "repeated " : "",
                  link(field.type()),
                  field.note().isEmpty() ? "" : "*" + field.note() + ".* ",
                  Page.cell(field.comment())));
    }
    page.append('\n');
  }

  private static void enumeration(StringBuilder page, Enumeration type) {
    page.append("### ").append(type.name()).append("\n\n");
    page.append(type.comment()).append("\n\n| value | |\n|---|---|\n");
    type.values()
        .forEach(value ->
            page.append("| `%s` | %s |\n".formatted(value.name(), Page.cell(value.comment()))));
    page.append('\n');
  }

  /// A type's name, that leads to it where it is on this page.
  private String link(String type) {
    return ours.contains(type) && hasSection(type)
        ? "[" + type + "](#" + type.toLowerCase(Locale.ROOT).replace(".", "") + ")"
        : type;
  }

  private boolean hasSection(String type) {
    return api.messages().stream().noneMatch(it -> it.name().equals(type) && it.fields().isEmpty());
  }
}
