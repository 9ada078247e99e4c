package io.salvor.cli.server;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.salvor.cli.session.ClientSettings;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Table;
import io.salvor.v1.GetConfigRequest;
import io.salvor.v1.GetConfigResponse;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Shows each value that holds and where it comes from: those of this command, then those of the
/// server that runs, or of the one that would be started.
public final class ConfigShow extends SalvorCommand {
  public ConfigShow(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    var all =
        GetConfigResponse.newBuilder()
            .addAllSettings(new ClientSettings(context()).all())
            .addAllSettings(ofServer().getSettingsList())
            .build();
    new Results(context()).show(all, () -> text(all.getSettingsList()));
    return ExitCode.OK;
  }

  private GetConfigResponse ofServer() throws IOException, InterruptedException {
    try {
      return context()
          .api()
          .call(InstanceServiceGrpc.getGetConfigMethod(), GetConfigRequest.getDefaultInstance());
    } catch (Failure none) {
      if (none.exit() != ExitCode.UNAVAILABLE || context().server().isPresent()) {
        throw none;
      }
      return ofServerToBe();
    }
  }

  /// The server's program says what it would go by.
  private GetConfigResponse ofServerToBe() throws IOException, InterruptedException {
    var program = new ServerProgram(context()).command(List.of("--show-config"));
    Process process =
        new ProcessBuilder(program).redirectError(ProcessBuilder.Redirect.PIPE).start();
    byte[] said = process.getInputStream().readAllBytes();
    byte[] problem = process.getErrorStream().readAllBytes();
    if (process.waitFor() != 0) {
      List<String> why = new String(problem, StandardCharsets.UTF_8).lines().toList();
      throw new Failure(
          ExitCode.INVALID, "CONFIG", "the server would not start with this", why, "");
    }
    return parsed(new String(said, StandardCharsets.UTF_8));
  }

  private static GetConfigResponse parsed(String json) throws InvalidProtocolBufferException {
    var response = GetConfigResponse.newBuilder();
    JsonFormat.parser().ignoringUnknownFields().merge(json, response);
    return response.build();
  }

  private static String text(List<Setting> settings) {
    Table table = new Table("");
    for (Setting setting : settings) {
      String source = setting.getSource().name().toLowerCase(Locale.ROOT);
      table.row(
          setting.getKey(),
          Clean.line(setting.getValue()),
          setting.getWhere().isEmpty() ? source : source + " " + setting.getWhere());
    }
    return table.toString();
  }
}
