package io.salvor.domain.task;

import io.salvor.domain.agent.MicroUsd;

/// Money for people's eyes.
final class Money {
  private Money() {}

  /// Dollars with as many digits as it takes: `$0.1847`, `$5.00`.
  static String text(MicroUsd money) {
    String micros = Long.toString(money.value() % 1_000_000 + 1_000_000).substring(1);
    String fraction = micros.substring(0, 2) + micros.substring(2).replaceAll("0+$", "");
    return "$" + money.value() / 1_000_000 + "." + fraction;
  }
}
