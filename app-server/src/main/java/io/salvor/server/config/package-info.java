/// What the operator can set, and where each value comes from.
@NullMarked
package io.salvor.server.config;

import org.jspecify.annotations.NullMarked;
