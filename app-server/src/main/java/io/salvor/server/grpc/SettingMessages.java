package io.salvor.server.grpc;

import io.salvor.server.config.Setting;
import io.salvor.v1.GetConfigResponse;
import io.salvor.v1.Setting.Source;
import java.util.List;

/// Settings as messages.
public final class SettingMessages {
  private SettingMessages() {}

  /// All of them.
  public static GetConfigResponse of(List<Setting> settings) {
    var response = GetConfigResponse.newBuilder();
    for (Setting setting : settings) {
      response.addSettings(
          io.salvor.v1.Setting.newBuilder()
              .setKey(setting.key())
              .setValue(setting.value())
              .setSource(source(setting.source()))
              .setWhere(setting.where()));
    }
    return response.build();
  }

  private static Source source(Setting.Source source) {
    return switch (source) {
      case FLAG -> Source.FLAG;
      case ENVIRONMENT -> Source.ENVIRONMENT;
      case FILE -> Source.FILE;
      case DEFAULT -> Source.DEFAULT;
    };
  }
}
