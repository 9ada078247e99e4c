/// What the server tells Prometheus. Everything here is kept up to date as it happens or read from
/// memory when asked: a scrape costs the same after a day and after a year.
///
/// Labels take their values from enums, from the methods of the API and from the agents that are
/// configured, never from what a caller sends.
@NullMarked
package io.salvor.server.metrics;

import org.jspecify.annotations.NullMarked;
