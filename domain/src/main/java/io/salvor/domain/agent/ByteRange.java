package io.salvor.domain.agent;

/// Where in an attempt's raw output something stands.
public record ByteRange(long offset, long length) {
  public long end() {
    return offset + length;
  }
}
