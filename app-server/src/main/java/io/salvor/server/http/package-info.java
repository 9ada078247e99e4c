/// Health and metrics over HTTP.
@NullMarked
package io.salvor.server.http;

import org.jspecify.annotations.NullMarked;
