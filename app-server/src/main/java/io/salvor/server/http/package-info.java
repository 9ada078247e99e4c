/// Health over HTTP.
@NullMarked
package io.salvor.server.http;

import org.jspecify.annotations.NullMarked;
