package io.salvor.it.docs;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.ExtensionRegistry;
import io.salvor.it.harness.Places;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// `salvor.v1` as the protos describe it, with their comments.
final class Protoset {
  private static final String PACKAGE = "salvor.v1";

  private final List<Service> services = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private final List<Enumeration> enumerations = new ArrayList<>();

  private Protoset() {}

  record Service(String name, String comment, List<Call> calls) {}

  record Call(String name, String comment, String request, String response, boolean streamed) {}

  record Message(String name, String comment, List<Field> fields) {}

  /// @param note `required`, `output only`, or empty
  record Field(String name, String comment, String type, boolean repeated, String note) {}

  record Enumeration(String name, String comment, List<Value> values) {}

  record Value(String name, String comment) {}

  /// What the build has made.
  static Protoset read() {
    var registry = ExtensionRegistry.newInstance();
    FieldBehaviorProto.registerAllExtensions(registry);
    try (InputStream in = Files.newInputStream(Places.protoset())) {
      var protoset = new Protoset();
      FileDescriptorSet.parseFrom(in, registry).getFileList().stream()
          .filter(file -> file.getPackage().equals(PACKAGE))
          .sorted(Comparator.comparing(FileDescriptorProto::getName))
          .forEach(file -> protoset.new Reading(file).read());
      return protoset;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// In the order of their files.
  List<Service> services() {
    return List.copyOf(services);
  }

  /// By name.
  List<Message> messages() {
    return messages.stream().sorted(Comparator.comparing(Message::name)).toList();
  }

  /// By name.
  List<Enumeration> enumerations() {
    return enumerations.stream().sorted(Comparator.comparing(Enumeration::name)).toList();
  }

  Optional<Enumeration> enumeration(String name) {
    return enumerations.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /// A type's name as it is said within the package.
  private static String local(String type) {
    return type.replaceFirst("^\\.?" + PACKAGE.replace(".", "\\.") + "\\.", "")
        .replaceFirst("^\\.", "");
  }

  /// Reads one file, with the path of numbers by which its comments are found.
  private final class Reading {
    private final FileDescriptorProto file;
    private final Map<List<Integer>, String> comments = new HashMap<>();

    Reading(FileDescriptorProto file) {
      this.file = file;
      for (Location location : file.getSourceCodeInfo().getLocationList()) {
        comments.put(
            location.getPathList(), location.getLeadingComments().replaceAll("(?m)^ ", "").strip());
      }
    }

    void read() {
      for (int i = 0; i < file.getServiceCount(); i++) {
        services.add(service(file.getService(i), i));
      }
      for (int i = 0; i < file.getMessageTypeCount(); i++) {
        message(
            file.getMessageType(i), "", List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, i));
      }
      for (int i = 0; i < file.getEnumTypeCount(); i++) {
        enumeration(
            file.getEnumType(i), "", List.of(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, i));
      }
    }

    private String comment(List<Integer> path, int... more) {
      return comments.getOrDefault(
          Stream.concat(path.stream(), IntStream.of(more).boxed()).toList(), "");
    }

    private Service service(ServiceDescriptorProto service, int index) {
      List<Integer> path = List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, index);
      var calls = new ArrayList<Call>();
      for (int i = 0; i < service.getMethodCount(); i++) {
        MethodDescriptorProto method = service.getMethod(i);
        calls.add(
            new Call(
                method.getName(),
                comment(path, ServiceDescriptorProto.METHOD_FIELD_NUMBER, i),
                local(method.getInputType()),
                local(method.getOutputType()),
                method.getServerStreaming()));
      }
      return new Service(service.getName(), comment(path), calls);
    }

    private void message(DescriptorProto message, String outer, List<Integer> path) {
      String name = outer + message.getName();
      var fields = new ArrayList<Field>();
      for (int i = 0; i < message.getFieldCount(); i++) {
        fields.add(
            field(message.getField(i), comment(path, DescriptorProto.FIELD_FIELD_NUMBER, i)));
      }
      messages.add(new Message(name, comment(path), fields));
      for (int i = 0; i < message.getNestedTypeCount(); i++) {
        message(
            message.getNestedType(i),
            name + ".",
            inside(path, DescriptorProto.NESTED_TYPE_FIELD_NUMBER, i));
      }
      for (int i = 0; i < message.getEnumTypeCount(); i++) {
        enumeration(
            message.getEnumType(i),
            name + ".",
            inside(path, DescriptorProto.ENUM_TYPE_FIELD_NUMBER, i));
      }
    }

    private static List<Integer> inside(List<Integer> path, int kind, int index) {
      return Stream.concat(path.stream(), Stream.of(kind, index)).toList();
    }

    private static Field field(FieldDescriptorProto field, String comment) {
      List<FieldBehavior> behaviour =
          field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior);
      String note =
          behaviour.contains(FieldBehavior.REQUIRED)
              ? "required"
              : behaviour.contains(FieldBehavior.OUTPUT_ONLY) ? "output only" : "";
      String type =
          field.getTypeName().isEmpty()
              ? field
                  .getType()
                  .name()
                  .substring("TYPE_".length())
                  .toLowerCase(java.util.Locale.ROOT)
              : local(field.getTypeName());
      return new Field(
          field.getName(),
          comment,
          type,
          field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED,
          note);
    }

    private void enumeration(EnumDescriptorProto type, String outer, List<Integer> path) {
      var values = new ArrayList<Value>();
      for (int i = 0; i < type.getValueCount(); i++) {
        EnumValueDescriptorProto value = type.getValue(i);
        values.add(
            new Value(value.getName(), comment(path, EnumDescriptorProto.VALUE_FIELD_NUMBER, i)));
      }
      enumerations.add(new Enumeration(outer + type.getName(), comment(path), values));
    }
  }
}
