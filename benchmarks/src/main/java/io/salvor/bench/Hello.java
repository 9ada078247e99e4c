package io.salvor.bench;

/// The least that a JVM does.
final class Hello {
  private Hello() {}

  public static void main(String[] arguments) {
    System.out.println("hello");
  }
}
