package io.salvor.cli.server;

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
      return new OfflineProgram(context()).settings(List.of());
    }
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
